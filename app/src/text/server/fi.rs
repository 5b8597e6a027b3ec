//! Finnish, as the server alone says it.

use contact::Kind;
use session::Span;

use super::{ContactsText, FrameText, KindText, NoticeText, PlainText, ServerText, Told};
use crate::text::with;

pub(super) static TEXT: ServerText = ServerText {
    service: "Yhteystiedot",
    skip_to_content: "Siirry pääsisältöön",
    sign_out: "Kirjaudu ulos",
    back_to: with("Takaisin palveluun {application}"),
    frame: FrameText {
        languages: "Kieli",
        support: "Tuki",
        privacy: "Tietosuoja",
        accessibility: "Saavutettavuus",
    },
    contacts: ContactsText {
        title: "Yhteystietosi",
        verify_now: "Vahvista nyt",
        unreadable: "Emme voi juuri nyt näyttää yhteystietojasi. Yritä hetken kuluttua uudelleen.",
        look_again: "Hae tiedot uudelleen",
        pending: with("Aloittamasi muutos on vielä kesken. Uusi yhteystieto: {contact}"),
        resume: "Jatka muutosta",
    },
    email: KindText {
        heading: "Sähköpostiosoitteet",
        change: "Muuta sähköpostiosoitetta",
        title: "Muuta sähköpostiosoitettasi",
        add: "Lisää sähköpostiosoite",
        becomes_primary: "Kun se on vahvistettu, siitä tulee ensisijainen sähköpostiosoitteesi.",
        others_removed: "Mahdolliset muut sähköpostiosoitteesi poistetaan.",
        is_primary: "Se on ensisijainen sähköpostiosoitteesi.",
        still_primary: with("{contact} on edelleen ensisijainen sähköpostiosoitteesi."),
        allowance: |codes, within| {
            format!("Voit pyytää tähän osoitteeseen {} vielä {}.", time(within), codes_asked(codes))
        },
    },
    mobile: KindText {
        heading: "Matkapuhelinnumerot",
        change: "Muuta matkapuhelinnumeroa",
        title: "Muuta matkapuhelinnumeroasi",
        add: "Lisää matkapuhelinnumero",
        becomes_primary: "Kun se on vahvistettu, siitä tulee ensisijainen matkapuhelinnumerosi.",
        others_removed: "Mahdolliset muut matkapuhelinnumerosi poistetaan.",
        is_primary: "Se on ensisijainen matkapuhelinnumerosi.",
        still_primary: with("{contact} on edelleen ensisijainen matkapuhelinnumerosi."),
        allowance: |codes, within| {
            format!("Voit pyytää tähän numeroon {} vielä {}.", time(within), codes_asked(codes))
        },
    },
    allowance: |codes, within| format!("Voit pyytää {} vielä {}.", time(within), codes_asked(codes)),
    next_code: with("Seuraavan koodin voit pyytää vasta {time}."),
    removed: with("Poistettavat: {list}"),
    next_removed: ", ",
    sign_in_first: "Ennen koodin lähettämistä sinua pyydetään kirjautumaan uudelleen.",
    signed_in_again: "Olet kirjautunut uudelleen. Lähetä koodi painamalla painiketta.",
    resent: "Tämä on uusi koodi. Aiemmat koodit eivät enää toimi.",
    not_left: with(
        "Tätä ei voitu tehdä: muutos on ehkä jo tehty, emmekä voi juuri nyt hakea tilisi tietoja. \
         Mitään ei lähetetty eikä peruttu. Yritä hetken kuluttua uudelleen. Jos pyydät apua, kerro viitetunnus {reference}.",
    ),
    national_number: with(
        "Plusmerkin ja maatunnuksen voi jättää pois, jos numero on tästä maasta: {country}",
    ),
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
        unavailable: [
            "Palvelua ei voi käyttää juuri nyt",
            "Vika ei ole sinussa, eikä mitään tehty. Yritä hetken kuluttua uudelleen.",
            "Yritä uudelleen",
        ],
        busy: [
            "Edellistä pyyntöäsi käsitellään vielä",
            "Mitään ei tehdä kahteen kertaan. Odota hetki ja katso sitten uudelleen.",
            "Katso uudelleen",
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
        reference: with("Jos pyydät apua, kerro viitetunnus {reference}."),
        link_error: with(
            "Virhe {number} aloituslinkissä. Jos kerrot siitä palvelulle, mainitse tämä numero.",
        ),
    },
    notice: NoticeText {
        subject: |told| {
            let what = match told.kind {
                Kind::Email => "lisättiin uusi sähköpostiosoite",
                Kind::Mobile => "lisättiin uusi matkapuhelinnumero",
            };
            format!("{} {what}", to_account(told))
        },
        email: |told| {
            let what = match told.kind {
                Kind::Email => "sähköpostiosoite",
                Kind::Mobile => "matkapuhelinnumero",
            };
            let removed = match (told.replaced, told.kind) {
                (false, _) => "",
                (true, Kind::Email) => " Kaikki aiemmat sähköpostiosoitteet poistettiin.",
                (true, Kind::Mobile) => " Kaikki aiemmat matkapuhelinnumerot poistettiin.",
            };
            let help = match &told.support {
                Some(address) => format!("Pyydä heti apua: {address}"),
                None => "Ota heti yhteyttä palvelun tukeen.".to_owned(),
            };
            let service =
                told.service.as_ref().map(|service| format!(" palvelussa {service}")).unwrap_or_default();
            format!(
                "Tilillesi{service} lisättiin {what} {}.\nAika: {}.{removed}\n\nJos teit tämän itse, sinun ei tarvitse \
                 tehdä mitään.\nJos et tehnyt tätä, joku muu saattaa käyttää tiliäsi. {help}",
                told.contact, told.time
            )
        },
        sms: |told| {
            let what = match told.kind {
                Kind::Email => "sähköpostiosoite",
                Kind::Mobile => "matkapuhelinnumero",
            };
            let help = told.support.as_ref().map(|address| format!(" {address}")).unwrap_or_default();
            format!(
                "{} lisättiin {what} {}, {}. Etkö tehnyt tätä itse? Pyydä heti apua.{help}",
                to_account(told),
                told.contact,
                told.time
            )
        },
    },
    clock: |hour, minute| format!("klo {hour}.{minute:02}"),
    clock_on: |time, day, month| format!("{day}.{month}. {time}"),
};

/// Begins a sentence of a notice: with the service's name, if it has one.
fn to_account(told: &Told) -> String {
    match &told.service {
        Some(service) => format!("{service}: tilillesi"),
        None => "Tilillesi".to_owned(),
    }
}

fn codes_asked(codes: u32) -> String {
    match codes {
        1 => "yhden koodin".to_owned(),
        codes => format!("{codes} koodia"),
    }
}

fn time(within: Span) -> &'static str {
    match within {
        Span::Hour => "seuraavan tunnin aikana",
        Span::Day => "seuraavan vuorokauden aikana",
    }
}
