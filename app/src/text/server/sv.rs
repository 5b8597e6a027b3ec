//! Swedish, as the server alone says it.

use contact::Kind;
use session::Span;

use super::{ContactsText, FrameText, KindText, NoticeText, PlainText, ServerText};
use crate::text::with;

pub(super) static TEXT: ServerText = ServerText {
    service: "Kontaktuppgifter",
    skip_to_content: "Hoppa till huvudinnehållet",
    sign_out: "Logga ut",
    back_to: with("Tillbaka till {application}"),
    frame: FrameText {
        languages: "Språk",
        support: "Hjälp",
        privacy: "Integritet",
        accessibility: "Tillgänglighet",
    },
    contacts: ContactsText {
        title: "Dina kontaktuppgifter",
        verify_now: "Verifiera nu",
        unreadable: "Vi kan inte visa dina kontaktuppgifter just nu. Försök igen om en stund.",
        look_again: "Hämta uppgifterna igen",
        pending: with("Du har börjat ändra till {contact}. Ändringen är inte klar."),
        resume: "Fortsätt ändringen",
    },
    email: KindText {
        heading: "E-postadresser",
        change: "Ändra e-postadress",
        title: "Ändra din e-postadress",
        add: "Lägg till e-postadress",
        becomes_primary: "När den är verifierad blir den din huvudsakliga e-postadress.",
        others_removed: "Eventuella övriga e-postadresser kommer att tas bort.",
        is_primary: "Det är din huvudsakliga e-postadress.",
        still_primary: with("{contact} är fortfarande din huvudsakliga e-postadress."),
        allowance: |codes, within| {
            format!("Du kan få {} till den här adressen {}.", more_codes(codes), time(within))
        },
    },
    mobile: KindText {
        heading: "Mobilnummer",
        change: "Ändra mobilnummer",
        title: "Ändra ditt mobilnummer",
        add: "Lägg till mobilnummer",
        becomes_primary: "När det är verifierat blir det ditt huvudsakliga mobilnummer.",
        others_removed: "Eventuella övriga mobilnummer kommer att tas bort.",
        is_primary: "Det är ditt huvudsakliga mobilnummer.",
        still_primary: with("{contact} är fortfarande ditt huvudsakliga mobilnummer."),
        allowance: |codes, within| {
            format!("Du kan få {} till det här numret {}.", more_codes(codes), time(within))
        },
    },
    allowance: |codes, within| format!("Du kan få {} {}.", more_codes(codes), time(within)),
    next_code: with("Nästa kod kan du få först {time}."),
    removed: with("Det här tas bort: {list}"),
    next_removed: ", ",
    sign_in_first: "Du får logga in på nytt innan koden skickas.",
    signed_in_again: "Du har loggat in på nytt. Tryck på knappen för att skicka koden.",
    resent: "Det här är en ny kod. Tidigare koder gäller inte längre.",
    not_left: with(
        "Det gick inte att göra det här: ändringen kan redan vara gjord, och vi kan inte läsa uppgifterna på ditt konto just nu. \
         Inget skickades eller avbröts. Försök igen om en stund. Om du ber om hjälp, ange referensen {reference}.",
    ),
    national_number: with("Du kan utelämna + och landsnumret om numret hör till det här landet: {country}"),
    plain: PlainText {
        signed_out: [
            "Du är utloggad",
            "Dina kontaktuppgifter finns tryggt kvar på ditt konto.",
            "Logga in igen",
        ],
        sign_in_failed: ["Det gick inte att logga in", "Inget har ändrats.", "Försök igen"],
        not_found: [
            "Sidan finns inte",
            "Det finns inget på den här adressen.",
            "Gå till dina kontaktuppgifter",
        ],
        cross_site: [
            "Det här skickades inte från vår egen sida",
            "För att skydda ditt konto gjorde vi ingenting. Öppna sidan på nytt och gör om det där.",
            "Gå till dina kontaktuppgifter",
        ],
        unavailable: [
            "Tjänsten kan inte användas just nu",
            "Det är inte ditt fel, och inget gjordes. Försök igen om en stund.",
            "Försök igen",
        ],
        busy: [
            "Din förra begäran behandlas fortfarande",
            "Inget görs två gånger. Vänta en stund och titta sedan igen.",
            "Titta igen",
        ],
        failed: [
            "Något gick fel",
            "Det är inte ditt fel. Försök igen om en stund.",
            "Gå till dina kontaktuppgifter",
        ],
        bad_link: [
            "Länken fungerar inte",
            "Det är ett fel i länken hit, så vi vet inte vad du skulle göra. Inget har ändrats.",
            "Gå till dina kontaktuppgifter",
        ],
        by_itself: [
            "Öppna det här i en egen flik",
            "Inuti en annan sida går det inte att logga in. I en egen flik går det, och därifrån kommer du tillbaka.",
            "Öppna i en ny flik",
        ],
        handed_over: ["Du är klar här", "Gå tillbaka för att fortsätta där du var."],
        reference: with("Om du ber om hjälp, ange referensen {reference}."),
        link_error: with("Fel {number} i startlänken. Ange numret om du berättar om felet."),
    },
    notice: NoticeText {
        subject: |told| match (&told.service, told.kind) {
            (Some(service), Kind::Email) => {
                format!("{service}: en ny e-postadress har lagts till på ditt konto")
            }
            (Some(service), Kind::Mobile) => {
                format!("{service}: ett nytt mobilnummer har lagts till på ditt konto")
            }
            (None, Kind::Email) => "En ny e-postadress har lagts till på ditt konto".to_owned(),
            (None, Kind::Mobile) => "Ett nytt mobilnummer har lagts till på ditt konto".to_owned(),
        },
        email: |told| {
            let what = match told.kind {
                Kind::Email => "E-postadressen",
                Kind::Mobile => "Mobilnumret",
            };
            let removed = match (told.replaced, told.kind) {
                (false, _) => "",
                (true, Kind::Email) => " Alla tidigare e-postadresser togs bort.",
                (true, Kind::Mobile) => " Alla tidigare mobilnummer togs bort.",
            };
            let help = match &told.support {
                Some(address) => format!("Sök hjälp genast: {address}"),
                None => "Kontakta tjänstens support genast.".to_owned(),
            };
            let service = told.service.as_ref().map(|service| format!(" i {service}")).unwrap_or_default();
            format!(
                "{what} {} har lagts till på ditt konto{service}.\nTid: {}.{removed}\n\nOm du gjorde detta själv behöver du inte \
                 göra något.\nOm det inte var du kanske någon annan använder ditt konto. {help}",
                told.contact, told.time
            )
        },
        sms: |told| {
            let what = match (&told.service, told.kind) {
                (Some(service), Kind::Email) => format!("{service}: e-postadressen"),
                (Some(service), Kind::Mobile) => format!("{service}: mobilnumret"),
                (None, Kind::Email) => "E-postadressen".to_owned(),
                (None, Kind::Mobile) => "Mobilnumret".to_owned(),
            };
            let help = told.support.as_ref().map(|address| format!(" {address}")).unwrap_or_default();
            format!(
                "{what} {} har lagts till på ditt konto, {}. Var det inte du? Sök hjälp genast.{help}",
                told.contact, told.time
            )
        },
    },
    clock: |hour, minute| format!("kl. {hour:02}:{minute:02}"),
    clock_on: |time, day, month| {
        const MONTHS: [&str; 12] = [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ];
        let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
        format!("den {day} {month} {time}")
    },
};

fn more_codes(codes: u32) -> String {
    match codes {
        1 => "ytterligare en kod".to_owned(),
        codes => format!("ytterligare {codes} koder"),
    }
}

fn time(within: Span) -> &'static str {
    match within {
        Span::Hour => "den närmaste timmen",
        Span::Day => "det närmaste dygnet",
    }
}
