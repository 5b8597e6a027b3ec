//! What a process uses, as the system says it (proc(5)). Only Linux says so; elsewhere there is nothing to tell.

use std::fs;

/// What a process uses at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Its memory, in KiB (`VmRSS`).
    pub(crate) memory: u64,
    /// The most that it ever was (`VmHWM`).
    pub(crate) most: u64,
    /// Its open files and connections.
    pub(crate) handles: usize,
}

/// Gives what a process uses; nothing if it has ended, or the system does not say.
pub(crate) fn usage(process: u32) -> Option<Usage> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let handles = fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
    Some(Usage { memory: kibibytes(&status, "VmRSS:")?, most: kibibytes(&status, "VmHWM:")?, handles })
}

fn kibibytes(status: &str, name: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_what_the_system_says() {
        let status = "Name:\tapp\nVmHWM:\t   84211 kB\nVmRSS:\t   70123 kB\n";
        assert_eq!((kibibytes(status, "VmRSS:"), kibibytes(status, "VmHWM:")), (Some(70_123), Some(84_211)));
        assert_eq!(kibibytes(status, "VmSwap:"), None);
    }
}
