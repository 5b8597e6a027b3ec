//! Finnish. A contact is never inflected: it stands after a colon, as the subject, or after “yhteystieto”, which
//! takes the case.

use super::{CodeText, EnterText, KindText, ListedText, Reason, RestartText, Text, TroubleText, with};

pub(super) static TEXT: Text = Text {
    error_prefix: "Virhe: ",
    problem: "Tämä ei onnistunut",
    steps_label: "Vaiheet",
    step_of: with("Vaihe {step}/3"),
    step_enter: "Uusi yhteystieto",
    step_code: "Koodi",
    step_done: "Valmis",
    back_to_contacts: "Takaisin yhteystietoihisi",
    listed: ListedText { primary: "Ensisijainen", verified: "Vahvistettu", unverified: "Ei vahvistettu" },
    enter: EnterText {
        choices: "Se lisätään tilillesi. Mitä haluat tehdä samalla?",
        send: "Lähetä koodi",
        sending: "Lähetetään…",
        will_send_to: with("Lähetämme koodin tähän: {contact}"),
        did_you_mean: with("Tarkoititko osoitetta {address}?"),
        use_suggestion: "Käytä tätä osoitetta",
        not_acceptable: with(
            "Yhteystietoa {contact} ei hyväksytty. \
                 Tarkista, että se on oikein, tai käytä toista yhteystietoa.",
        ),
        already_yours: with(
            "{contact} on jo vahvistettu tililläsi, joten mitään ei lähetetty. \
                 Täällä sitä ei voi muuttaa ensisijaiseksi.",
        ),
        limit_until: with(
            "Koodeja voi lähettää lisää vasta {time}. Toinen yhteystieto saattaa toimia jo sitä ennen.",
        ),
        limit: "Koodeja ei voi nyt lähettää enempää. Yritä uudelleen vuorokauden kuluttua. Toinen yhteystieto saattaa toimia jo sitä ennen.",
        contact_limit: with(
            "Koodeja voi lähettää lisää vasta {time}. Toista yhteystietoa voit käyttää heti.",
        ),
        own_limit: with("Koodeja voi lähettää lisää vasta {time}."),
        older_form: "Sivu oli vanhentunut, joten mitään ei tehty. \
                     Täydennä alla oleva lomake ja lähetä se.",
        sign_in_again: "Turvallisuutesi vuoksi kirjaudu uudelleen ennen muutosta. Mitään ei ole vielä lähetetty. Jatka painamalla painiketta.",
        unavailable: with(
            "Emme voi juuri nyt lähettää koodeja, eikä koodia lähetetty. Yritä myöhemmin uudelleen. \
                 Jos pyydät apua, kerro viitetunnus {reference}.",
        ),
    },
    code: CodeText {
        title: "Anna koodi",
        sent_to: with("Lähetimme 6-numeroisen koodin tähän: {contact}"),
        once: "Koodin voi antaa vain kerran. Vertaa sitä viestiin, ennen kuin vahvistat.",
        label: "Vahvistuskoodi",
        hint: "6 numeroa",
        works_until: with("Koodi toimii {time} asti"),
        time_left: "Aikaa jäljellä",
        five_minutes_left: "5 minuuttia jäljellä",
        one_minute_left: "1 minuutti jäljellä",
        thirty_seconds_left: "30 sekuntia jäljellä",
        over: "Koodi on vanhentunut.",
        over_resend: "Voit pyytää uuden koodin.",
        verify: "Vahvista",
        verifying: "Vahvistetaan…",
        resend: "Pyydä uusi koodi",
        cancel: "Peruuta",
        cancelling: "Peruutetaan…",
        empty: "Anna viestissä oleva 6-numeroinen koodi",
        too_short: with(
            "Annoit 6 numerosta vain {digits}. Koodia ei käytetty: tarkista se ja vahvista uudelleen.",
        ),
        too_long: "Anna vain koodin 6 numeroa. Koodia ei käytetty: tarkista se ja vahvista uudelleen.",
        superseded: "Sillä välin on pyydetty uudempi koodi, joten mitään ei tarkistettu. Anna uusimmassa viestissä oleva koodi.",
        older_form: "Sivu oli vanhentunut, joten mitään ei tehty. Tässä näet, missä vaiheessa muutoksesi on.",
        another_pending: with(
            "Sinulla on jo kesken muutos (uusi yhteystieto {contact}), joten mitään muuta ei lähetetty. \
                 Vie se ensin loppuun tai peruuta se.",
        ),
        still_works: "Viimeksi saamasi koodi toimii edelleen.",
        not_checked: with(
            "Koodia ei voitu juuri nyt tarkistaa. Sitä ei käytetty: yritä hetken kuluttua uudelleen. \
                 Jos pyydät apua, kerro viitetunnus {reference}.",
        ),
    },
    restart: RestartText {
        wrong_code: Reason {
            title: "Koodi oli väärä",
            sentence: with(
                "Koodin voi antaa vain kerran, joten yhteystiedon {contact} vahvistamiseen \
                 tarvitaan uusi koodi.",
            ),
        },
        expired: Reason {
            title: "Koodi on vanhentunut",
            sentence: with("Mitään ei muutettu. Yhteystiedon {contact} vahvistamiseen tarvitaan uusi koodi."),
        },
        over: Reason {
            title: "Koodi ei enää toimi",
            sentence: with(
                "Se on vanhentunut tai korvattu uudemmalla. Mitään ei muutettu. \
                 Yhteystiedon {contact} vahvistamiseen tarvitaan uusi koodi.",
            ),
        },
        taken: Reason {
            title: "Yhteystieto kuuluu toiselle tilille",
            sentence: with(
                "Joku on vahvistanut yhteystiedon {contact} toiselle tilille. \
                 Käytä jotakin muuta yhteystietoa.",
            ),
        },
        begin_lost: Reason {
            title: "Emme tiedä, lähetettiinkö koodi",
            sentence: with(
                "Jos saat viestin ({contact}), siinä oleva koodi ei toimi. \
                 Pyydä uusi koodi.",
            ),
        },
        not_changed: Reason {
            title: "Yhteystietojasi ei muutettu",
            sentence: with(
                "Koodin tarkistuksessa meni jokin vikaan, eikä samaa koodia voi käyttää uudelleen. \
                 Yhteystiedon {contact} vahvistamiseen tarvitaan uusi koodi.",
            ),
        },
        unknown: Reason {
            title: "Emme tiedä, tehtiinkö muutos",
            sentence: with(
                "Yhteystietoon {contact} lähetetyn koodin tarkistuksessa meni jokin vikaan, \
                 emmekä voi juuri nyt hakea tilisi tietoja.",
            ),
        },
        look_again: "Hae tiedot uudelleen",
    },
    trouble: TroubleText {
        no_answer: "Vastausta ei tullut. Tarkista verkkoyhteys ja paina painiketta uudelleen. \
                  Mitään ei tehdä kahteen kertaan.",
        failed: "Meillä meni jokin vikaan. Paina painiketta uudelleen. Mitään ei tehdä kahteen kertaan.",
        signed_out: "Sinut on kirjattu ulos, joten mitään ei tehty. \
                     Kirjaudu sisään ja tee sama uudelleen.",
        sign_in: "Kirjaudu sisään",
    },
    email: KindText {
        none: "Tililläsi ei ole sähköpostiosoitetta.",
        label: "Uusi sähköpostiosoite",
        hint: "Lähetämme siihen 6-numeroisen koodin. Näin tarkistamme, että osoite on sinun.",
        primary: "Tee tästä ensisijainen sähköpostiosoitteeni",
        primary_hint: "Tiliäsi koskevat viestit lähetetään siihen.",
        replace_all: "Poista aiemmat sähköpostiosoitteeni",
        different: "Käytä toista sähköpostiosoitetta",
        on_its_way: "Viestin tulo voi kestää muutaman minuutin. Jos viestiä ei näy, tarkista roskapostikansio. Jos valitset toisen osoitteen, tämä koodi ei enää toimi.",
        empty: "Anna uusi sähköpostiosoitteesi",
        incomplete: "Anna sähköpostiosoite kokonaan, esimerkiksi nimi@example.com",
        malformed: "Anna sähköpostiosoite oikeassa muodossa, esimerkiksi nimi@example.com",
        unsuitable: "Sähköpostiosoitteessa voi olla enintään 254 merkkiä",
        not_allowed: with(
            "Osoitteen {contact} verkkotunnukseen ei lähetetä koodeja, joten mitään ei lähetetty. \
                 Käytä toista sähköpostiosoitetta.",
        ),
        done: "Sähköpostiosoitteesi on vahvistettu",
        is_verified: with("{contact} on nyt tilisi vahvistettu sähköpostiosoite."),
        now_listed: "Sähköpostiosoitteesi nyt",
    },
    mobile: KindText {
        none: "Tililläsi ei ole matkapuhelinnumeroa.",
        label: "Uusi matkapuhelinnumero",
        hint: "Aloita plusmerkillä (+) ja maatunnuksella, esimerkiksi +358\u{a0}50\u{a0}123\u{a0}4567. \
               Lähetämme numeroon tekstiviestin, jossa on 6-numeroinen koodi.",
        primary: "Tee tästä ensisijainen matkapuhelinnumeroni",
        primary_hint: "Tiliäsi koskevat tekstiviestit lähetetään siihen.",
        replace_all: "Poista aiemmat matkapuhelinnumeroni",
        different: "Käytä toista matkapuhelinnumeroa",
        on_its_way: "Viestin tulo voi kestää muutaman minuutin. \
                      Jos sitä ei tule, tarkista, että puhelimessasi on kenttää. Jos valitset toisen numeron, tämä koodi ei enää toimi.",
        empty: "Anna uusi matkapuhelinnumerosi",
        incomplete: "Tarkista numero tai aloita plusmerkillä (+) ja maatunnuksella, esimerkiksi +358\u{a0}50\u{a0}123\u{a0}4567",
        malformed: "Tämä ei ole minkään maan matkapuhelinnumero. Tarkista se.",
        unsuitable: "Tähän numeroon ei voi lähettää tekstiviestejä. Anna matkapuhelinnumero.",
        not_allowed: with(
            "Numeron {contact} maahan ei lähetetä koodeja, joten mitään ei lähetetty. \
                 Käytä toista matkapuhelinnumeroa.",
        ),
        done: "Matkapuhelinnumerosi on vahvistettu",
        is_verified: with("{contact} on nyt tilisi vahvistettu matkapuhelinnumero."),
        now_listed: "Matkapuhelinnumerosi nyt",
    },
};
