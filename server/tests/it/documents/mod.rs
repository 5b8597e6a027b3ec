//! What the documents say: what is typed is run or read by its program, what is written down is read, what is shown is so.

mod case;
mod commands;
mod configuration;
mod deploy;
mod machine;
mod operate;
pub(crate) mod reader;
mod shown;
