//! What operators list, and what they are told when it is wrong; the guide and its examples.

use std::path::Path;

use rstest::rstest;
use server::config::Settings;

use crate::support::variables;

#[test]
fn the_example_can_be_used_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/applications/contact-change.toml");
    let settings = Settings::load(Some(&path), variables("http://localhost:3001")).expect("no mistake");
    let shop = settings.applications.of("http://127.0.0.1:8080/link.html").expect("an application");
    assert_eq!(
        (shop.id.as_str(), shop.embed.as_slice()),
        ("shop", &["http://127.0.0.1:8080".to_owned()][..])
    );
}

#[rstest]
#[case(&[("SHOP__NAME", "")], "applications.shop.name")]
#[case(&[("SHOP__RETURN_TO", "")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "shop.example")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "http://shop.example/")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "https://me:secret@shop.example/")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "https://shop.example/#top")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "https://shop.example/café")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "https://kauppä.example/")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "https://shop.example/?outcome=x")], "applications.shop.return_to")]
#[case(&[("SHOP__RETURN_TO", "https://shop.example/ https://shop.example/")], "applications.shop.return_to")]
#[case(&[("BANK__NAME", "Bank"), ("BANK__RETURN_TO", "https://shop.example/")], "applications.shop.return_to")]
#[case(&[("SHOP__EMBED", "http://shop.example")], "applications.shop.embed")]
#[case(&[("SHOP__EMBED", "https://shop.example/page")], "applications.shop.embed")]
#[case(&[("SHOP__EMBED", "*")], "applications.shop.embed")]
#[case(&[("SHOP__RETURN_TO", " ")], "applications.shop.return_to")]
#[case(&[("SHOP__COLOUR", "red")], "applications.shop.colour")]
fn a_mistake_about_an_application_is_told_with_its_key(#[case] more: &[(&str, &str)], #[case] key: &str) {
    let mut variables = variables("https://id.example.com");
    let sound = [("SHOP__NAME", "Shop"), ("SHOP__RETURN_TO", "https://shop.example/")];
    for (name, value) in sound.iter().chain(more) {
        variables.insert(format!("CONTACT_CHANGE_APPLICATIONS__{name}"), (*value).to_owned());
    }
    let mistakes = Settings::load(None, variables).expect_err("a mistake");
    let keys: Vec<&str> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
    assert_eq!(keys, [key], "{mistakes}");
}

#[test]
fn an_application_that_is_told_of_changes_alone_shows_no_frame() {
    let mut variables = variables("https://id.example.com");
    for (name, value) in [("EVENTS", "https://crm.example/"), ("EMBED", "https://crm.example")] {
        variables.insert(format!("CONTACT_CHANGE_APPLICATIONS__CRM__{name}"), value.to_owned());
    }
    let mistakes = Settings::load(None, variables).expect_err("a mistake").to_string();
    assert!(mistakes.contains("CRM__EMBED): is not for an application without return_to"), "{mistakes}");
}

#[test]
fn an_address_that_no_redirect_can_lead_to_is_told_as_it_would_have_to_be() {
    let mut variables = variables("https://id.example.com");
    for (name, value) in [("NAME", "Shop"), ("RETURN_TO", "https://kauppä.example/café?é=\u{1F600}")] {
        variables.insert(format!("CONTACT_CHANGE_APPLICATIONS__SHOP__{name}"), value.to_owned());
    }
    let mistakes = Settings::load(None, variables).expect_err("a mistake").to_string();
    let right = "give it as https://xn--kaupp-kra.example/caf%C3%A9?%C3%A9=%F0%9F%98%80";
    assert!(mistakes.contains(right), "{mistakes}");
}
