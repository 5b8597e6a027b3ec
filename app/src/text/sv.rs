//! Swedish. Sentences that both kinds of contact share have no word that would have to agree with “adress” (en)
//! or “nummer” (ett).

#[cfg(feature = "ssr")]
use super::PlainText;
use super::{CodeText, ContactsText, EnterText, FrameText, KindText, RestartText, Text, TroubleText};

pub(super) static TEXT: Text = Text {
    service: "Kontaktuppgifter",
    skip_to_content: "Hoppa till huvudinnehållet",
    sign_out: "Logga ut",
    error_prefix: "Fel: ",
    problem: "Det gick inte att fortsätta",
    steps_label: "Steg",
    step_of: |step, steps| format!("Steg {step} av {steps}"),
    step_enter: "Ny kontaktuppgift",
    step_code: "Kod",
    step_done: "Klart",
    back_to_contacts: "Tillbaka till dina kontaktuppgifter",
    back_to: |application| format!("Tillbaka till {application}"),
    frame: FrameText {
        languages: "Språk",
        support: "Hjälp",
        privacy: "Integritet",
        accessibility: "Tillgänglighet",
    },
    contacts: ContactsText {
        title: "Dina kontaktuppgifter",
        primary: "Huvudsaklig kontaktuppgift",
        verified: "Verifiering klar",
        unverified: "Verifiering saknas",
        verify_now: "Verifiera nu",
        unreadable: "Vi kan inte visa dina kontaktuppgifter just nu. Inget har ändrats.",
        look_again: "Hämta uppgifterna igen",
        pending: |contact| format!("Du har börjat ändra till {contact}. Ändringen är inte klar."),
        resume: "Fortsätt ändringen",
    },
    enter: EnterText {
        choices: "Vad vill du göra samtidigt?",
        send: "Skicka kod",
        sending: "Skickar…",
        did_you_mean: |address| format!("Menade du {address}?"),
        use_suggestion: "Använd den här adressen",
        will_send_to: |contact| format!("Vi skickar koden till {contact}"),
        removed: |list| format!("Det här tas bort: {list}"),
        not_acceptable: |contact| {
            format!(
                "{contact} godkändes inte. Kontrollera att det är rätt eller använd en annan kontaktuppgift."
            )
        },
        already_yours: |contact| {
            format!(
                "{contact} är redan en verifierad kontaktuppgift på ditt konto. \
                 Inget skickades, och inget behöver ändras."
            )
        },
        limit_until: |time| {
            format!("Fler koder kan skickas först {time}. Du kan använda en annan kontaktuppgift redan nu.")
        },
        limit: "Inga fler koder kan skickas just nu. \
                Försök igen i morgon eller använd en annan kontaktuppgift redan nu.",
        own_limit: |time| format!("Fler koder kan skickas först {time}."),
        allowance: |codes, within| format!("Du kan få {} {}.", more_codes(codes), time(within)),
        next_code: |time| format!("Nästa kod kan du få först {time}."),
        older_form: "Sidan var inaktuell, så inget skickades. Kontrollera uppgifterna nedan och skicka igen.",
        unavailable: |reference| {
            format!(
                "Vi kan inte skicka koder just nu, och ingen kod skickades. Försök igen senare. \
                 Om du ber om hjälp, ange referensen {reference}."
            )
        },
    },
    code: CodeText {
        title: "Ange koden",
        sent_to: |contact| format!("Vi har skickat en 6-siffrig kod till {contact}"),
        once: "Koden kan bara anges en gång. Jämför den med meddelandet innan du verifierar.",
        label: "Verifieringskod",
        hint: "6 siffror",
        works_until: |time| format!("Koden gäller till {time}"),
        time_left: "Tid kvar",
        minutes_left: |minutes| match minutes {
            1 => "1 minut kvar".to_owned(),
            minutes => format!("{minutes} minuter kvar"),
        },
        seconds_left: |seconds| match seconds {
            1 => "1 sekund kvar".to_owned(),
            seconds => format!("{seconds} sekunder kvar"),
        },
        over: "Koden har gått ut. Inget har ändrats.",
        over_resend: "Du kan få en ny kod.",
        verify: "Verifiera",
        verifying: "Verifierar…",
        resend: "Skicka en ny kod",
        cancel: "Avbryt",
        cancelling: "Avbryter…",
        empty: "Ange den 6-siffriga koden i meddelandet",
        too_short: |digits| {
            format!(
                "Du angav {digits} av 6 siffror. Koden användes inte: kontrollera den och verifiera igen."
            )
        },
        too_long: "Ange bara kodens 6 siffror. Koden användes inte: kontrollera den och verifiera igen.",
        older_form: "Sidan var gammal, så ingenting gjordes. Här ser du hur långt din ändring har kommit.",
        superseded: "Det var en äldre kod. Den användes inte. Ange koden i det senaste meddelandet.",
        another_pending: |contact| {
            format!(
                "En ändring till {contact} väntar redan på sin kod, så inget annat skickades. \
                 Slutför eller avbryt den först."
            )
        },
        still_works: "Den senaste koden du fick gäller fortfarande.",
        not_checked: |reference| {
            format!(
                "Koden kunde inte kontrolleras just nu. Den användes inte: försök igen om en stund. \
                 Om du ber om hjälp, ange referensen {reference}."
            )
        },
    },
    restart: RestartText {
        wrong_code: ("Koden stämde inte", |contact| {
            format!("En kod kan bara anges en gång, så du behöver en ny. Vi kan skicka den till {contact}.")
        }),
        expired: ("Koden har gått ut", |contact| {
            format!("Inget har ändrats. Vi kan skicka en ny kod till {contact}.")
        }),
        over: ("Koden gäller inte längre", |contact| {
            format!(
                "Den har gått ut eller ersatts av en nyare. Inget har ändrats. \
                 Vi kan skicka en ny kod till {contact}."
            )
        }),
        taken: ("Kontaktuppgiften hör till ett annat konto", |contact| {
            format!("Någon har verifierat {contact} för ett annat konto. Använd en annan kontaktuppgift.")
        }),
        begin_lost: ("Vi vet inte om någon kod skickades", |contact| {
            format!(
                "Om det kommer ett meddelande till {contact} fungerar inte koden i det. \
                 Skicka en ny kod och använd den."
            )
        }),
        not_changed: ("Dina kontaktuppgifter har inte ändrats", |contact| {
            format!(
                "Något gick fel när koden kontrollerades, och den kan inte användas igen. \
                 Vi kan skicka en ny kod till {contact}."
            )
        }),
        unknown: ("Vi vet inte om ändringen gjordes", |contact| {
            format!(
                "Något gick fel när koden för {contact} kontrollerades, \
                 och vi kan inte läsa uppgifterna på ditt konto just nu."
            )
        }),
        look_again: "Hämta uppgifterna igen",
    },
    trouble: TroubleText {
        offline: "Du har ingen internetanslutning. Tryck på knappen igen när du är uppkopplad. \
                  Inget görs två gånger.",
        timed_out: "Svaret dröjer. Tryck på knappen igen. Inget görs två gånger.",
        failed: "Något gick fel hos oss. Tryck på knappen igen. Inget görs två gånger.",
        signed_out: "Du har loggats ut, så inget gjordes. Logga in för att fortsätta där du var.",
        sign_in: "Logga in",
    },
    email: KindText {
        heading: "E-postadresser",
        none: "Det finns ingen e-postadress på ditt konto.",
        change: "Ändra e-postadress",
        title: "Ändra din e-postadress",
        label: "Ny e-postadress",
        hint: "Vi skickar en 6-siffrig kod dit för att kontrollera att adressen är din.",
        primary: "Gör den till min huvudsakliga e-postadress",
        primary_hint: "Meddelanden om ditt konto skickas dit.",
        replace_all: "Ta bort mina tidigare e-postadresser",
        different: "Använd en annan e-postadress",
        not_arrived: "Det kan ta några minuter. Titta i skräpposten om meddelandet inte kommer.",
        empty: "Ange din nya e-postadress",
        incomplete: "Ange hela e-postadressen, till exempel namn@example.com",
        too_long: "En e-postadress kan ha högst 254 tecken",
        malformed: "Ange e-postadressen i rätt format, till exempel namn@example.com",
        not_mobile: "Ange e-postadressen i rätt format, till exempel namn@example.com",
        not_allowed: |contact| {
            format!(
                "{contact} har en domän som vi inte skickar koder till, så inget skickades. \
                 Använd en annan e-postadress."
            )
        },
        allowance: |codes, within| {
            format!("Du kan få {} till den här adressen {}.", more_codes(codes), time(within))
        },
        done: "Din e-postadress är verifierad",
        is_verified: |contact| format!("{contact} är nu en verifierad e-postadress på ditt konto."),
        is_primary: "Det är din huvudsakliga e-postadress.",
        now_listed: "Dina e-postadresser nu",
    },
    mobile: KindText {
        heading: "Mobilnummer",
        none: "Det finns inget mobilnummer på ditt konto.",
        change: "Ändra mobilnummer",
        title: "Ändra ditt mobilnummer",
        label: "Nytt mobilnummer",
        hint: "Börja med + och landsnummer, till exempel +46 70 174 06 05. \
               Vi skickar ett sms med en 6-siffrig kod till numret.",
        primary: "Gör det till mitt huvudsakliga mobilnummer",
        primary_hint: "Sms om ditt konto skickas dit.",
        replace_all: "Ta bort mina tidigare mobilnummer",
        different: "Använd ett annat mobilnummer",
        not_arrived: "Det kan ta några minuter. \
                      Kontrollera att telefonen har täckning om meddelandet inte kommer.",
        empty: "Ange ditt nya mobilnummer",
        incomplete: "Börja med + och landsnummer, till exempel +46 70 174 06 05",
        too_long: "Numret är för långt. Kontrollera det.",
        malformed: "Det finns inget sådant nummer i något land. Kontrollera det.",
        not_mobile: "Det här numret kan inte ta emot sms. Ange ett mobilnummer.",
        not_allowed: |contact| {
            format!(
                "{contact} hör till ett land som vi inte skickar koder till, så inget skickades. \
                 Använd ett annat mobilnummer."
            )
        },
        allowance: |codes, within| {
            format!("Du kan få {} till det här numret {}.", more_codes(codes), time(within))
        },
        done: "Ditt mobilnummer är verifierat",
        is_verified: |contact| format!("{contact} är nu ett verifierat mobilnummer på ditt konto."),
        is_primary: "Det är ditt huvudsakliga mobilnummer.",
        now_listed: "Dina mobilnummer nu",
    },
    #[cfg(feature = "ssr")]
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
        reference: |reference| format!("Om du ber om hjälp, ange referensen {reference}."),
        link_error: |number| format!("Fel {number} i startlänken. Ange numret om du berättar om felet."),
    },
    #[cfg(feature = "ssr")]
    clock: |hour, minute| format!("kl. {hour:02}:{minute:02}"),
    #[cfg(feature = "ssr")]
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

fn time(within: crate::Within) -> &'static str {
    match within {
        crate::Within::Hour => "den närmaste timmen",
        crate::Within::Day => "i dag",
    }
}
