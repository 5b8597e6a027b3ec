//! Certificates: for how long those that we met, and those that we show, are still good.

use std::{borrow::Cow, fs};

use contact::Timestamp;
use http::Response;
use upstream::{PeerCertificate, Tls};
use x509_parser::{
    pem::Pem,
    prelude::{FromDer as _, X509Certificate},
};

use super::Finding;

/// From so many days on it is time to see to it.
const SOON: i64 = 21;

const DAY: i64 = 24 * 60 * 60;

/// Tells of the certificate that a server showed with its answer; nothing if there was no TLS.
pub(super) fn shown(
    what: impl Into<Cow<'static, str>>,
    answer: &Response<Vec<u8>>,
    now: Timestamp,
) -> Option<Finding> {
    let PeerCertificate(der) = answer.extensions().get()?;
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    Some(tell(what, days_left(&certificate, now), "ask whoever runs it to renew it: calls will fail"))
}

/// Tells of the certificate that we show ourselves; nothing if there is none, or if it is not in order, which is told where it
/// is used.
pub(super) fn ours(what: &'static str, tls: &Tls, now: Timestamp) -> Option<Finding> {
    let pem = fs::read(&tls.client.as_ref()?.certificate).ok()?;
    let blocks: Vec<Pem> = Pem::iter_from_buffer(&pem).filter_map(Result::ok).collect();
    // Those between it and its authority have to be good as well.
    let days = blocks.iter().filter_map(|block| Some(days_left(&block.parse_x509().ok()?, now))).min()?;
    Some(tell(what, days, "renew it, and replace the files: they are read without a restart"))
}

fn days_left(certificate: &X509Certificate<'_>, now: Timestamp) -> i64 {
    let now = i64::try_from(now.as_millis() / 1000).unwrap_or(i64::MAX);
    (certificate.validity().not_after.timestamp() - now).div_euclid(DAY)
}

fn tell(what: impl Into<Cow<'static, str>>, days: i64, advice: &str) -> Finding {
    match days {
        ..0 => Finding::failed(what, "has run out", advice),
        0..SOON => Finding::warning(what, format!("good for {days} more days"), advice),
        _ => Finding::ok(what, format!("good for {days} more days")),
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};
    use rstest::rstest;
    use upstream::ClientCertificate;

    use super::*;
    use crate::check::Verdict;

    /// Good until the beginning of 31 January 2030.
    fn certificate() -> rcgen::Certificate {
        let mut params = CertificateParams::new(vec!["id.example.com".to_owned()]).expect("a name");
        params.not_after = date_time_ymd(2030, 1, 31);
        params.self_signed(&KeyPair::generate().expect("a key")).expect("a certificate")
    }

    /// The days of January 2030, in seconds since 1970.
    fn january(day: u64) -> Timestamp {
        Timestamp::from_millis((1_893_456_000 + (day - 1) * 24 * 60 * 60) * 1000)
    }

    #[rstest]
    #[case(1, Verdict::Ok, "good for 30 more days")]
    #[case(10, Verdict::Ok, "good for 21 more days")]
    #[case(11, Verdict::Warning, "good for 20 more days")]
    #[case(31, Verdict::Warning, "good for 0 more days")]
    #[case(32, Verdict::Failed, "has run out")]
    fn a_certificate_that_ends_soon_is_told_of(
        #[case] day: u64,
        #[case] verdict: Verdict,
        #[case] detail: &str,
    ) {
        let certificate = certificate();
        let mut answer = Response::new(Vec::new());
        assert_eq!(shown("theirs", &answer, january(day)), None, "no TLS");
        answer.extensions_mut().insert(PeerCertificate(certificate.der().as_ref().into()));
        let theirs = shown("theirs", &answer, january(day)).expect("a finding");
        assert_eq!((theirs.verdict, theirs.detail.as_str()), (verdict, detail));

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("client.pem");
        fs::write(&path, certificate.pem()).expect("a file");
        let client = ClientCertificate { certificate: path.clone(), key: path };
        let tls = Tls { client: Some(client), ..Tls::default() };
        let own = ours("ours", &tls, january(day)).expect("a finding");
        assert_eq!((own.verdict, own.detail.as_str()), (verdict, detail));
    }
}
