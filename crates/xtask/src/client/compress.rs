//! Compressed copies beside the files, so that the server never compresses while someone waits.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

use super::Profile;
use crate::{
    error::{Error, Result},
    workspace,
};

/// Writes a `.br` and a `.gz` beside each of these files in `/dist`.
pub(super) fn copies(names: &[String], profile: Profile) -> Result<()> {
    for name in names {
        let path = workspace::dist().join(name);
        let content = fs::read(&path).map_err(Error::file("read", &path))?;
        write(&path, "br", |out| brotli(&content, profile, out))?;
        write(&path, "gz", |out| gzip(&content, profile, out))?;
    }
    Ok(())
}

fn write(
    path: &Path,
    suffix: &str,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    let path = PathBuf::from(name);
    let written = File::create(&path).map(BufWriter::new).and_then(|mut out| {
        content(&mut out)?;
        out.flush()
    });
    written.map_err(Error::file("written", path))
}

/// Quality 11, the best, takes seconds; while developing the file only travels within the machine.
fn brotli(mut content: &[u8], profile: Profile, out: &mut impl Write) -> io::Result<()> {
    let quality = if profile == Profile::Shipped { 11 } else { 2 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut content, out, &parameters).map(drop)
}

fn gzip(content: &[u8], profile: Profile, out: &mut impl Write) -> io::Result<()> {
    let level = if profile == Profile::Shipped { Compression::best() } else { Compression::fast() };
    let mut encoder = GzEncoder::new(out, level);
    encoder.write_all(content)?;
    encoder.finish().map(drop)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const TEXT: &[u8] = b"the same, the same, the same, the same";

    #[test]
    fn both_kinds_of_copies_hold_what_the_file_holds() {
        for profile in [Profile::Development, Profile::Shipped] {
            let (mut brotli_copy, mut gzip_copy) = (Vec::new(), Vec::new());
            brotli(TEXT, profile, &mut brotli_copy).unwrap();
            gzip(TEXT, profile, &mut gzip_copy).unwrap();

            let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
            brotli::BrotliDecompress(&mut brotli_copy.as_slice(), &mut from_brotli).unwrap();
            flate2::read::GzDecoder::new(gzip_copy.as_slice()).read_to_end(&mut from_gzip).unwrap();
            assert_eq!((from_brotli.as_slice(), from_gzip.as_slice()), (TEXT, TEXT));
        }
    }
}
