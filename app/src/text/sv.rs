//! Swedish. Sentences that both kinds of contact share have no word that would have to agree with “adress” (en)
//! or “nummer” (ett).

use super::{CodeText, EnterText, KindText, ListedText, Reason, RestartText, Text, TroubleText, with};

pub(super) static TEXT: Text = Text {
    error_prefix: "Fel: ",
    problem: "Det gick inte att fortsätta",
    steps_label: "Steg",
    step_of: with("Steg {step} av 3"),
    step_enter: "Nya uppgifter",
    step_code: "Kod",
    step_done: "Klart",
    back_to_contacts: "Tillbaka till dina kontaktuppgifter",
    listed: ListedText {
        primary: "Huvudsaklig kontaktuppgift",
        verified: "Verifiering klar",
        unverified: "Verifiering saknas",
    },
    enter: EnterText {
        choices: "Uppgiften läggs till på ditt konto. Vad vill du göra samtidigt?",
        send: "Skicka kod",
        sending: "Skickar…",
        will_send_to: with("Vi skickar koden till {contact}"),
        did_you_mean: with("Menade du {address}?"),
        use_suggestion: "Använd den här adressen",
        not_acceptable: with(
            "{contact} godkändes inte. Kontrollera att uppgiften är rätt eller använd en annan kontaktuppgift.",
        ),
        already_yours: with(
            "{contact} är redan en verifierad kontaktuppgift på ditt konto, \
                 så inget skickades. \
                 Den går inte att göra till huvudsaklig kontaktuppgift här.",
        ),
        limit_until: with(
            "Fler koder kan skickas först {time}. En annan kontaktuppgift kan fungera redan innan dess.",
        ),
        limit: "Inga fler koder kan skickas just nu. Försök igen om ett dygn. En annan kontaktuppgift kan fungera redan innan dess.",
        contact_limit: with(
            "Fler koder kan skickas först {time}. Du kan använda en annan kontaktuppgift redan nu.",
        ),
        own_limit: with("Fler koder kan skickas först {time}."),
        older_form: "Sidan var inaktuell, så ingenting gjordes. Fyll i formuläret nedan och skicka det.",
        sign_in_again: "Logga in på nytt innan du ändrar det här, för din säkerhets skull. Inget har skickats ännu. Tryck på knappen för att fortsätta.",
        unavailable: with(
            "Vi kan inte skicka koder just nu, och ingen kod skickades. Försök igen senare. \
                 Om du ber om hjälp, ange referensen {reference}.",
        ),
    },
    code: CodeText {
        title: "Ange koden",
        sent_to: with("Vi har skickat en 6-siffrig kod till {contact}"),
        once: "Koden kan bara anges en gång. Jämför den med meddelandet innan du verifierar.",
        label: "Verifieringskod",
        hint: "6 siffror",
        works_until: with("Koden gäller till {time}"),
        time_left: "Tid kvar",
        five_minutes_left: "5 minuter kvar",
        one_minute_left: "1 minut kvar",
        thirty_seconds_left: "30 sekunder kvar",
        over: "Koden har gått ut.",
        over_resend: "Du kan få en ny kod.",
        verify: "Verifiera",
        verifying: "Verifierar…",
        resend: "Skicka en ny kod",
        cancel: "Avbryt",
        cancelling: "Avbryter…",
        empty: "Ange den 6-siffriga koden i meddelandet",
        too_short: with(
            "Du angav {digits} av 6 siffror. Koden användes inte: kontrollera den och verifiera igen.",
        ),
        too_long: "Ange bara kodens 6 siffror. Koden användes inte: kontrollera den och verifiera igen.",
        superseded: "En nyare kod har begärts under tiden, så inget kontrollerades. Ange koden i det senaste meddelandet.",
        older_form: "Sidan var inaktuell, så ingenting gjordes. Här ser du hur långt din ändring har kommit.",
        another_pending: with(
            "En ändring till {contact} väntar redan på sin kod, så inget annat skickades. \
                 Slutför eller avbryt den först.",
        ),
        still_works: "Den senaste koden du fick gäller fortfarande.",
        not_checked: with(
            "Koden kunde inte kontrolleras just nu. Den användes inte: försök igen om en stund. \
                 Om du ber om hjälp, ange referensen {reference}.",
        ),
    },
    restart: RestartText {
        wrong_code: Reason {
            title: "Koden stämde inte",
            sentence: with("En kod kan bara anges en gång, så du behöver en ny för {contact}."),
        },
        expired: Reason {
            title: "Koden har gått ut",
            sentence: with("Inget har ändrats. Du behöver en ny kod för {contact}."),
        },
        over: Reason {
            title: "Koden gäller inte längre",
            sentence: with(
                "Den har gått ut eller ersatts av en nyare. Inget har ändrats. \
                 Du behöver en ny kod för {contact}.",
            ),
        },
        taken: Reason {
            title: "Kontaktuppgiften hör till ett annat konto",
            sentence: with(
                "Någon har verifierat {contact} för ett annat konto. Använd en annan kontaktuppgift.",
            ),
        },
        begin_lost: Reason {
            title: "Vi vet inte om någon kod skickades",
            sentence: with(
                "Om det kommer ett meddelande till {contact} fungerar inte koden i det. \
                 Begär en ny kod.",
            ),
        },
        not_changed: Reason {
            title: "Dina kontaktuppgifter har inte ändrats",
            sentence: with(
                "Något gick fel när koden kontrollerades, och den kan inte användas igen. \
                 Du behöver en ny kod för {contact}.",
            ),
        },
        unknown: Reason {
            title: "Vi vet inte om ändringen gjordes",
            sentence: with(
                "Något gick fel när koden för {contact} kontrollerades, \
                 och vi kan inte läsa uppgifterna på ditt konto just nu.",
            ),
        },
        look_again: "Hämta uppgifterna igen",
    },
    trouble: TroubleText {
        no_answer: "Inget svar kom. Kontrollera internetanslutningen och tryck på knappen igen. \
                  Inget görs två gånger.",
        failed: "Något gick fel hos oss. Tryck på knappen igen. Inget görs två gånger.",
        signed_out: "Du har loggats ut, så inget gjordes. Logga in och gör om det.",
        sign_in: "Logga in",
    },
    email: KindText {
        none: "Det finns ingen e-postadress på ditt konto.",
        label: "Ny e-postadress",
        hint: "Vi skickar en 6-siffrig kod dit för att kontrollera att adressen är din.",
        primary: "Gör den till min huvudsakliga e-postadress",
        primary_hint: "Meddelanden om ditt konto skickas dit.",
        replace_all: "Ta bort mina tidigare e-postadresser",
        different: "Använd en annan e-postadress",
        on_its_way: "Det kan ta några minuter. Titta i skräpposten om meddelandet inte kommer. Om du väljer en annan adress gäller koden inte längre.",
        empty: "Ange din nya e-postadress",
        incomplete: "Ange hela e-postadressen, till exempel namn@example.com",
        malformed: "Ange e-postadressen i rätt format, till exempel namn@example.com",
        unsuitable: "En e-postadress kan ha högst 254 tecken",
        not_allowed: with(
            "{contact} har en domän som vi inte skickar koder till, så inget skickades. \
                 Använd en annan e-postadress.",
        ),
        done: "Din e-postadress är verifierad",
        is_verified: with("{contact} är nu en verifierad e-postadress på ditt konto."),
        now_listed: "Dina e-postadresser nu",
    },
    mobile: KindText {
        none: "Det finns inget mobilnummer på ditt konto.",
        label: "Nytt mobilnummer",
        hint: "Börja med + och landsnummer, till exempel +46\u{a0}70\u{a0}174\u{a0}06\u{a0}05. \
               Vi skickar ett sms med en 6-siffrig kod till numret.",
        primary: "Gör det till mitt huvudsakliga mobilnummer",
        primary_hint: "Sms om ditt konto skickas dit.",
        replace_all: "Ta bort mina tidigare mobilnummer",
        different: "Använd ett annat mobilnummer",
        on_its_way: "Det kan ta några minuter. \
                      Kontrollera att telefonen har täckning om meddelandet inte kommer. Om du väljer ett annat nummer gäller koden inte längre.",
        empty: "Ange ditt nya mobilnummer",
        incomplete: "Kontrollera numret eller börja med + och landsnummer, till exempel +46\u{a0}70\u{a0}174\u{a0}06\u{a0}05",
        malformed: "Det här är inte ett giltigt mobilnummer i något land. Kontrollera det.",
        unsuitable: "Det här numret kan inte ta emot sms. Ange ett mobilnummer.",
        not_allowed: with(
            "{contact} hör till ett land som vi inte skickar koder till, så inget skickades. \
                 Använd ett annat mobilnummer.",
        ),
        done: "Ditt mobilnummer är verifierat",
        is_verified: with("{contact} är nu ett verifierat mobilnummer på ditt konto."),
        now_listed: "Dina mobilnummer nu",
    },
};
