//! Finnish. A contact is never inflected: it stands after a colon, as the subject, or after “yhteystieto”, which
//! takes the case.

#[cfg(feature = "ssr")]
use super::PlainText;
use super::{CodeText, ContactsText, EnterText, FrameText, KindText, RestartText, Text, TroubleText};

pub(super) static TEXT: Text = Text {
    service: "Yhteystiedot",
    skip_to_content: "Siirry pääsisältöön",
    sign_out: "Kirjaudu ulos",
    error_prefix: "Virhe: ",
    problem: "Tämä ei onnistunut",
    steps_label: "Vaiheet",
    step_of: |step, steps| format!("Vaihe {step}/{steps}"),
    step_enter: "Uusi yhteystieto",
    step_code: "Koodi",
    step_done: "Valmis",
    back_to_contacts: "Takaisin yhteystietoihisi",
    back_to: |application| format!("Takaisin palveluun {application}"),
    frame: FrameText {
        languages: "Kieli",
        support: "Tuki",
        privacy: "Tietosuoja",
        accessibility: "Saavutettavuus",
    },
    contacts: ContactsText {
        title: "Yhteystietosi",
        primary: "Ensisijainen",
        verified: "Vahvistettu",
        unverified: "Vahvistamatta",
        verify_now: "Vahvista nyt",
        unreadable: "Emme voi juuri nyt näyttää yhteystietojasi. Mitään ei ole muutettu.",
        look_again: "Hae tiedot uudelleen",
        pending: |contact| format!("Aloittamasi muutos on vielä kesken. Uusi yhteystieto: {contact}"),
        resume: "Jatka muutosta",
    },
    enter: EnterText {
        choices: "Mitä haluat tehdä samalla?",
        send: "Lähetä koodi",
        sending: "Lähetetään…",
        did_you_mean: |address| format!("Tarkoititko osoitetta {address}?"),
        use_suggestion: "Käytä tätä osoitetta",
        will_send_to: |contact| format!("Lähetämme koodin tähän: {contact}"),
        removed: |list| format!("Poistettavat: {list}"),
        not_acceptable: |contact| {
            format!(
                "Yhteystietoa {contact} ei hyväksytty. \
                 Tarkista, että se on oikein, tai käytä toista yhteystietoa."
            )
        },
        already_yours: |contact| {
            format!(
                "{contact} on jo vahvistettu tililläsi. Mitään ei lähetetty, eikä mitään tarvitse muuttaa."
            )
        },
        limit_until: |time| {
            format!("Koodeja voi lähettää lisää vasta {time}. Toista yhteystietoa voit käyttää heti.")
        },
        limit: "Koodeja ei voi nyt lähettää enempää. \
                Yritä uudelleen huomenna tai käytä heti toista yhteystietoa.",
        own_limit: |time| format!("Koodeja voi lähettää lisää vasta {time}."),
        allowance: |codes, within| format!("Voit pyytää {} vielä {}.", time(within), codes_asked(codes)),
        next_code: |time| format!("Seuraavan koodin voit pyytää vasta {time}."),
        older_form: "Sivu oli vanhentunut, joten mitään ei lähetetty. \
                     Tarkista alla olevat tiedot ja lähetä uudelleen.",
        unavailable: |reference| {
            format!(
                "Emme voi juuri nyt lähettää koodeja, eikä koodia lähetetty. Yritä myöhemmin uudelleen. \
                 Jos pyydät apua, kerro viitetunnus {reference}."
            )
        },
    },
    code: CodeText {
        title: "Anna koodi",
        sent_to: |contact| format!("Lähetimme 6-numeroisen koodin tähän: {contact}"),
        once: "Koodin voi antaa vain kerran. Vertaa sitä viestiin, ennen kuin vahvistat.",
        label: "Vahvistuskoodi",
        hint: "6 numeroa",
        works_until: |time| format!("Koodi toimii {time} asti"),
        time_left: "Aikaa jäljellä",
        minutes_left: |minutes| match minutes {
            1 => "1 minuutti jäljellä".to_owned(),
            minutes => format!("{minutes} minuuttia jäljellä"),
        },
        seconds_left: |seconds| match seconds {
            1 => "1 sekunti jäljellä".to_owned(),
            seconds => format!("{seconds} sekuntia jäljellä"),
        },
        over: "Koodi on vanhentunut. Mitään ei muutettu.",
        over_resend: "Voit pyytää uuden koodin.",
        verify: "Vahvista",
        verifying: "Vahvistetaan…",
        resend: "Pyydä uusi koodi",
        cancel: "Peruuta",
        cancelling: "Peruutetaan…",
        empty: "Anna viestissä oleva 6-numeroinen koodi",
        too_short: |digits| {
            format!(
                "Annoit 6 numerosta vain {digits}. Koodia ei käytetty: tarkista se ja vahvista uudelleen."
            )
        },
        too_long: "Anna vain koodin 6 numeroa. Koodia ei käytetty: tarkista se ja vahvista uudelleen.",
        older_form: "Sivu oli vanhentunut, joten mitään ei tehty. Tässä näet, missä vaiheessa muutoksesi on.",
        superseded: "Annoit vanhemman koodin. Sitä ei käytetty. Anna uusimmassa viestissä oleva koodi.",
        another_pending: |contact| {
            format!(
                "Uusi yhteystieto {contact} odottaa jo koodiaan, joten mitään muuta ei lähetetty. \
                 Vie muutos ensin loppuun tai peruuta se."
            )
        },
        still_works: "Viimeksi saamasi koodi toimii edelleen.",
        not_checked: |reference| {
            format!(
                "Koodia ei voitu juuri nyt tarkistaa. Sitä ei käytetty: yritä hetken kuluttua uudelleen. \
                 Jos pyydät apua, kerro viitetunnus {reference}."
            )
        },
    },
    restart: RestartText {
        wrong_code: ("Koodi ei ollut oikea", |contact| {
            format!(
                "Koodin voi antaa vain kerran, joten tarvitset uuden. \
                 Voimme lähettää sen yhteystietoon {contact}."
            )
        }),
        expired: ("Koodi on vanhentunut", |contact| {
            format!("Mitään ei muutettu. Voimme lähettää uuden koodin yhteystietoon {contact}.")
        }),
        over: ("Koodi ei enää toimi", |contact| {
            format!(
                "Se on vanhentunut tai korvattu uudemmalla. Mitään ei muutettu. \
                 Voimme lähettää uuden koodin yhteystietoon {contact}."
            )
        }),
        taken: ("Yhteystieto kuuluu toiselle tilille", |contact| {
            format!(
                "Joku on vahvistanut yhteystiedon {contact} toiselle tilille. \
                 Käytä jotakin muuta yhteystietoa."
            )
        }),
        begin_lost: ("Emme tiedä, lähetettiinkö koodi", |contact| {
            format!(
                "Jos yhteystietoon {contact} tulee viesti, siinä oleva koodi ei toimi. \
                 Pyydä uusi koodi ja käytä sitä."
            )
        }),
        not_changed: ("Yhteystietojasi ei muutettu", |contact| {
            format!(
                "Koodin tarkistuksessa meni jokin vikaan, eikä samaa koodia voi käyttää uudelleen. \
                 Voimme lähettää uuden koodin yhteystietoon {contact}."
            )
        }),
        unknown: ("Emme tiedä, tehtiinkö muutos", |contact| {
            format!(
                "Yhteystietoon {contact} lähetetyn koodin tarkistuksessa meni jokin vikaan, \
                 emmekä voi juuri nyt hakea tilisi tietoja."
            )
        }),
        look_again: "Hae tiedot uudelleen",
    },
    trouble: TroubleText {
        offline: "Verkkoyhteys puuttuu. Paina painiketta uudelleen, kun yhteys toimii. \
                  Mitään ei tehdä kahteen kertaan.",
        timed_out: "Vastaus viipyy. Paina painiketta uudelleen. Mitään ei tehdä kahteen kertaan.",
        failed: "Meillä meni jokin vikaan. Paina painiketta uudelleen. Mitään ei tehdä kahteen kertaan.",
        signed_out: "Sinut on kirjattu ulos, joten mitään ei tehty. \
                     Kirjaudu sisään, niin voit jatkaa siitä, mihin jäit.",
        sign_in: "Kirjaudu sisään",
    },
    email: KindText {
        heading: "Sähköpostiosoitteet",
        none: "Tililläsi ei ole sähköpostiosoitetta.",
        change: "Muuta sähköpostiosoitetta",
        title: "Muuta sähköpostiosoitettasi",
        label: "Uusi sähköpostiosoite",
        hint: "Lähetämme siihen 6-numeroisen koodin. Näin tarkistamme, että osoite on sinun.",
        primary: "Tee tästä ensisijainen sähköpostiosoitteeni",
        primary_hint: "Tiliäsi koskevat viestit lähetetään siihen.",
        replace_all: "Poista aiemmat sähköpostiosoitteeni",
        different: "Käytä toista sähköpostiosoitetta",
        not_arrived: "Viestin tulo voi kestää muutaman minuutin. Jos sitä ei näy, katso roskapostikansiosta.",
        empty: "Anna uusi sähköpostiosoitteesi",
        incomplete: "Anna sähköpostiosoite kokonaan, esimerkiksi nimi@example.com",
        too_long: "Sähköpostiosoitteessa voi olla enintään 254 merkkiä",
        malformed: "Anna sähköpostiosoite oikeassa muodossa, esimerkiksi nimi@example.com",
        not_mobile: "Anna sähköpostiosoite oikeassa muodossa, esimerkiksi nimi@example.com",
        not_allowed: |contact| {
            format!(
                "Koodeja ei lähetetä verkkotunnukseen, jossa osoite {contact} on, joten mitään ei lähetetty. \
                 Käytä toista sähköpostiosoitetta."
            )
        },
        allowance: |codes, within| {
            format!("Voit pyytää tähän osoitteeseen {} vielä {}.", time(within), codes_asked(codes))
        },
        done: "Sähköpostiosoitteesi on vahvistettu",
        is_verified: |contact| format!("{contact} on nyt tilisi vahvistettu sähköpostiosoite."),
        is_primary: "Se on ensisijainen sähköpostiosoitteesi.",
        now_listed: "Sähköpostiosoitteesi nyt",
    },
    mobile: KindText {
        heading: "Matkapuhelinnumerot",
        none: "Tililläsi ei ole matkapuhelinnumeroa.",
        change: "Muuta matkapuhelinnumeroa",
        title: "Muuta matkapuhelinnumeroasi",
        label: "Uusi matkapuhelinnumero",
        hint: "Aloita plusmerkillä (+) ja maatunnuksella, esimerkiksi +358 50 123 4567. \
               Lähetämme numeroon tekstiviestin, jossa on 6-numeroinen koodi.",
        primary: "Tee tästä ensisijainen matkapuhelinnumeroni",
        primary_hint: "Tiliäsi koskevat tekstiviestit lähetetään siihen.",
        replace_all: "Poista aiemmat matkapuhelinnumeroni",
        different: "Käytä toista matkapuhelinnumeroa",
        not_arrived: "Viestin tulo voi kestää muutaman minuutin. \
                      Jos sitä ei tule, tarkista, että puhelimessasi on kenttää.",
        empty: "Anna uusi matkapuhelinnumerosi",
        incomplete: "Aloita plusmerkillä (+) ja maatunnuksella, esimerkiksi +358 50 123 4567",
        too_long: "Numero on liian pitkä. Tarkista se.",
        malformed: "Tällaista numeroa ei ole missään maassa. Tarkista se.",
        not_mobile: "Tähän numeroon ei voi lähettää tekstiviestejä. Anna matkapuhelinnumero.",
        not_allowed: |contact| {
            format!(
                "Koodeja ei lähetetä maahan, johon numero {contact} kuuluu, joten mitään ei lähetetty. \
                 Käytä toista matkapuhelinnumeroa."
            )
        },
        allowance: |codes, within| {
            format!("Voit pyytää tähän numeroon {} vielä {}.", time(within), codes_asked(codes))
        },
        done: "Matkapuhelinnumerosi on vahvistettu",
        is_verified: |contact| format!("{contact} on nyt tilisi vahvistettu matkapuhelinnumero."),
        is_primary: "Se on ensisijainen matkapuhelinnumerosi.",
        now_listed: "Matkapuhelinnumerosi nyt",
    },
    #[cfg(feature = "ssr")]
    plain: PlainText {
        signed_out: [
            "Olet kirjautunut ulos",
            "Yhteystietosi ovat tallessa tililläsi.",
            "Kirjaudu uudelleen sisään",
        ],
        sign_in_failed: ["Kirjautuminen ei onnistunut", "Mitään ei muutettu.", "Yritä uudelleen"],
        not_found: ["Sivua ei löytynyt", "Tässä osoitteessa ei ole mitään.", "Siirry yhteystietoihisi"],
        cross_site: [
            "Tätä ei lähetetty omalta sivultamme",
            "Tilisi turvallisuuden vuoksi mitään ei tehty. Avaa sivu uudelleen ja tee sama siellä.",
            "Siirry yhteystietoihisi",
        ],
        failed: [
            "Jokin meni vikaan",
            "Vika ei ole sinussa. Yritä hetken kuluttua uudelleen.",
            "Siirry yhteystietoihisi",
        ],
        bad_link: [
            "Linkki ei toimi",
            "Sen palvelun linkissä, josta tulit, on virhe, joten emme tiedä, mitä olit tekemässä. Mitään ei muutettu.",
            "Siirry yhteystietoihisi",
        ],
        by_itself: [
            "Avaa tämä omaan välilehteensä",
            "Toisen sivun sisällä ei voi kirjautua. Omassa välilehdessä voi, ja sieltä pääset lopuksi takaisin.",
            "Avaa uuteen välilehteen",
        ],
        handed_over: ["Tämä osuus on valmis", "Palaa takaisin, niin voit jatkaa siitä, mihin jäit."],
        reference: |reference| format!("Jos pyydät apua, kerro viitetunnus {reference}."),
        link_error: |number| {
            format!("Virhe {number} aloituslinkissä. Jos kerrot siitä palvelulle, mainitse tämä numero.")
        },
    },
    #[cfg(feature = "ssr")]
    clock: |hour, minute| format!("klo {hour}.{minute:02}"),
    #[cfg(feature = "ssr")]
    clock_on: |time, day, month| format!("{day}.{month}. {time}"),
};

fn codes_asked(codes: u32) -> String {
    match codes {
        1 => "yhden koodin".to_owned(),
        codes => format!("{codes} koodia"),
    }
}

fn time(within: crate::Within) -> &'static str {
    match within {
        crate::Within::Hour => "seuraavan tunnin aikana",
        crate::Within::Day => "tänään",
    }
}
