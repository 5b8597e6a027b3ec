//! Arabic, as the server alone says it.

use contact::Kind;
use session::Span;

use super::{ContactsText, FrameText, KindText, NoticeText, PlainText, ServerText, Told};
use crate::text::with;

pub(super) static TEXT: ServerText = ServerText {
    service: "بيانات الاتصال",
    skip_to_content: "انتقل إلى المحتوى الرئيسي",
    sign_out: "تسجيل الخروج",
    back_to: with("العودة إلى \u{2068}{application}\u{2069}"),
    frame: FrameText {
        languages: "اللغة",
        support: "المساعدة",
        privacy: "الخصوصية",
        accessibility: "إمكانية الوصول",
    },
    contacts: ContactsText {
        title: "بيانات الاتصال الخاصة بك",
        verify_now: "التحقق الآن",
        unreadable: "لا يمكننا عرض بيانات الاتصال الخاصة بك الآن. أعد المحاولة بعد قليل.",
        look_again: "إعادة المحاولة",
        pending: with("بدأت التغيير إلى \u{2068}{contact}\u{2069} ولم تكمله بعد."),
        resume: "متابعة التغيير",
    },
    email: KindText {
        heading: "عناوين البريد الإلكتروني",
        change: "تغيير عنوان البريد الإلكتروني",
        title: "تغيير عنوان بريدك الإلكتروني",
        add: "إضافة عنوان بريد إلكتروني",
        becomes_primary: "بعد التحقق منه، سيصبح عنوان بريدك الإلكتروني الأساسي.",
        others_removed: "ستُحذف أي عناوين بريد إلكتروني أخرى في حسابك.",
        is_primary: "وهو عنوان بريدك الإلكتروني الأساسي.",
        still_primary: with("لا يزال \u{2068}{contact}\u{2069} عنوان بريدك الإلكتروني الأساسي."),
        allowance: |codes, within| {
            format!("يمكنك طلب {} إلى هذا العنوان {}.", more_codes(codes), time(within))
        },
    },
    mobile: KindText {
        heading: "أرقام الهاتف المحمول",
        change: "تغيير رقم الهاتف المحمول",
        title: "تغيير رقم هاتفك المحمول",
        add: "إضافة رقم هاتف محمول",
        becomes_primary: "بعد التحقق منه، سيصبح رقم هاتفك المحمول الأساسي.",
        others_removed: "ستُحذف أي أرقام هاتف محمول أخرى في حسابك.",
        is_primary: "وهو رقم هاتفك المحمول الأساسي.",
        still_primary: with("لا يزال \u{2068}{contact}\u{2069} رقم هاتفك المحمول الأساسي."),
        allowance: |codes, within| format!("يمكنك طلب {} إلى هذا الرقم {}.", more_codes(codes), time(within)),
    },
    allowance: |codes, within| format!("يمكنك طلب {} {}.", more_codes(codes), time(within)),
    next_code: with("يمكنك طلب الرمز التالي في الساعة \u{2068}{time}\u{2069}."),
    removed: with("سيُحذف ما يلي: \u{2068}{list}\u{2069}"),
    next_removed: "\u{2069}، \u{2068}",
    sign_in_first: "سيُطلب منك تسجيل الدخول مجددًا قبل إرسال الرمز.",
    signed_in_again: "لقد سجّلت الدخول مجددًا. اضغط الزر لإرسال الرمز.",
    resent: "هذا رمز جديد. لم تعد الرموز السابقة صالحة.",
    not_left: with(
        "تعذّر تنفيذ ذلك: ربما تم التغيير بالفعل، ولا يمكننا الاطلاع على حسابك الآن. \
         لم يُرسل أي شيء ولم يُلغَ أي شيء. أعد المحاولة بعد قليل. إذا طلبت المساعدة، فاذكر الرقم المرجعي \u{2068}{reference}\u{2069}.",
    ),
    national_number: with(
        "يمكنك كتابة الرقم دون علامة + ورمز البلد إذا كان من هذا البلد: \u{2068}{country}\u{2069}",
    ),
    plain: PlainText {
        signed_out: ["تم تسجيل خروجك", "بيانات الاتصال الخاصة بك محفوظة في حسابك.", "تسجيل الدخول مرة أخرى"],
        sign_in_failed: ["تعذّر تسجيل دخولك", "لم يتغير أي شيء.", "إعادة المحاولة"],
        not_found: ["الصفحة غير موجودة", "لا يوجد شيء في هذا العنوان.", "الانتقال إلى بيانات الاتصال الخاصة بك"],
        cross_site: [
            "لم يُرسل هذا الطلب من صفحتنا",
            "حفاظًا على أمان حسابك، لم ننفّذ أي شيء. افتح الصفحة مرة أخرى وأعد المحاولة منها.",
            "الانتقال إلى بيانات الاتصال الخاصة بك",
        ],
        unavailable: [
            "لا يمكن استخدام الخدمة الآن",
            "الخطأ ليس منك، ولم يُنفَّذ أي شيء. أعد المحاولة بعد قليل.",
            "إعادة المحاولة",
        ],
        busy: [
            "ما زال طلبك السابق قيد التنفيذ",
            "لن يُنفَّذ أي شيء مرتين. انتظر قليلًا ثم تحقق مرة أخرى.",
            "التحقق مرة أخرى",
        ],
        failed: ["حدث خطأ", "الخطأ ليس منك. أعد المحاولة بعد قليل.", "الانتقال إلى بيانات الاتصال الخاصة بك"],
        bad_link: [
            "هذا الرابط لا يعمل",
            "في رابط التطبيق الذي أرسلك إلى هنا خطأ، فلا نعرف ما جئت من أجله. لم يتغير أي شيء.",
            "الانتقال إلى بيانات الاتصال الخاصة بك",
        ],
        by_itself: [
            "افتح هذه الصفحة في علامة تبويب مستقلة",
            "لا يمكن تسجيل الدخول داخل صفحة أخرى. يمكنك ذلك في علامة تبويب مستقلة، ومنها تعود عند الانتهاء.",
            "الفتح في علامة تبويب جديدة",
        ],
        handed_over: ["انتهيت هنا", "عُد لتتابع من حيث توقفت."],
        reference: with("إذا طلبت المساعدة، فاذكر الرقم المرجعي \u{2068}{reference}\u{2069}."),
        link_error: with(
            "الخطأ \u{2068}{number}\u{2069} في رابط البداية. اذكر هذا الرقم إذا أبلغت التطبيق عنه.",
        ),
    },
    notice: NoticeText {
        subject: |told| {
            let what = match told.kind {
                Kind::Email => "أُضيف عنوان بريد إلكتروني جديد إلى حسابك",
                Kind::Mobile => "أُضيف رقم هاتف محمول جديد إلى حسابك",
            };
            format!("{}{what}", from(told))
        },
        email: |told| {
            let what = match told.kind {
                Kind::Email => "عنوان البريد الإلكتروني",
                Kind::Mobile => "رقم الهاتف المحمول",
            };
            let removed = match (told.replaced, told.kind) {
                (false, _) => "",
                (true, Kind::Email) => " وأُزيلت جميع عناوين البريد الإلكتروني السابقة.",
                (true, Kind::Mobile) => " وأُزيلت جميع أرقام الهاتف المحمول السابقة.",
            };
            let help = match &told.support {
                Some(address) => format!("اطلب المساعدة فورًا: {address}"),
                None => "تواصل مع دعم الخدمة فورًا.".to_owned(),
            };
            let service = told
                .service
                .as_ref()
                .map(|service| format!(" في \u{2068}{service}\u{2069}"))
                .unwrap_or_default();
            format!(
                "أُضيف {what} \u{2068}{}\u{2069} إلى حسابك{service}.\nالوقت: \u{2068}{}\u{2069}.{removed}\n\nإذا كنت أنت من فعل ذلك فلا يلزمك \
                 فعل شيء.\nوإن لم تكن أنت فقد يكون شخص آخر يستخدم حسابك. {help}",
                told.contact, told.time
            )
        },
        sms: |told| {
            let what = match told.kind {
                Kind::Email => "عنوان البريد الإلكتروني",
                Kind::Mobile => "رقم الهاتف المحمول",
            };
            let help = told.support.as_ref().map(|address| format!(" {address}")).unwrap_or_default();
            format!(
                "{}أُضيف {what} \u{2068}{}\u{2069} إلى حسابك، \u{2068}{}\u{2069}. لم تكن أنت؟ اطلب المساعدة فورًا.{help}",
                from(told),
                told.contact,
                told.time
            )
        },
    },
    clock: |hour, minute| {
        let half = if hour < 12 { "صباحًا" } else { "مساءً" };
        format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
    },
    clock_on: |time, day, month| {
        const MONTHS: [&str; 12] = [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ];
        let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
        format!("{time} يوم {day} {month}")
    },
};

/// Begins a sentence of a notice: with the service's name, if it has one.
fn from(told: &Told) -> String {
    told.service.as_ref().map(|service| format!("\u{2068}{service}\u{2069}: ")).unwrap_or_default()
}

fn more_codes(codes: u32) -> String {
    match (codes, codes % 100) {
        (1, _) => "رمز واحد آخر".to_owned(),
        (2, _) => "رمزين آخرين".to_owned(),
        (_, 3..=10) => format!("{codes} رموز أخرى"),
        (_, 11..) => format!("{codes} رمزًا آخر"),
        _ => format!("{codes} رمز آخر"),
    }
}

fn time(within: Span) -> &'static str {
    match within {
        Span::Hour => "خلال الساعة القادمة",
        Span::Day => "خلال الـ 24 ساعة القادمة",
    }
}
