//! What has to happen in one step on the server.

use redis::Script;

/// The scripts. The server keeps each under the hash of its text, and is sent the text when it has it not.
pub(super) struct Scripts {
    pub(super) read: Script,
    pub(super) replace: Script,
    pub(super) end: Script,
    pub(super) hold: Script,
    pub(super) renew: Script,
    pub(super) write: Script,
    pub(super) release: Script,
    pub(super) look: Script,
    pub(super) count: Script,
    pub(super) push: Script,
    pub(super) claim: Script,
    pub(super) put_off: Script,
    pub(super) pull: Script,
}

impl Scripts {
    pub(super) fn new() -> Self {
        Self {
            read: Script::new(include_str!("read.lua")),
            replace: Script::new(include_str!("replace.lua")),
            end: Script::new(include_str!("end.lua")),
            hold: Script::new(include_str!("hold.lua")),
            renew: Script::new(include_str!("renew.lua")),
            write: Script::new(include_str!("write.lua")),
            release: Script::new(include_str!("release.lua")),
            look: Script::new(include_str!("look.lua")),
            count: Script::new(include_str!("count.lua")),
            push: Script::new(include_str!("push.lua")),
            claim: Script::new(include_str!("claim.lua")),
            put_off: Script::new(include_str!("put_off.lua")),
            pull: Script::new(include_str!("pull.lua")),
        }
    }
}
