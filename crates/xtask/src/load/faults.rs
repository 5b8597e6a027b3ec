//! What goes wrong while people change their contacts: every call, and every fault that the sandbox has for it, by chance.

use serde_json::{Value, json};

/// The calls that are disturbed.
const CALLS: [&str; 6] = ["begin", "finish", "user", "token", "discovery", "jwks"];

/// The faults, as the sandbox takes them. A limit ends soon, or nobody would come to an end.
fn faults() -> [Value; 12] {
    [
        json!({ "fault": "reset_before" }),
        json!({ "fault": "reset_after" }),
        json!({ "fault": "hang" }),
        json!({ "fault": "hang", "acts": true }),
        json!({ "fault": "trickle" }),
        json!({ "fault": "status", "status": 500 }),
        json!({ "fault": "html" }),
        json!({ "fault": "status", "status": 429, "retryAfter": 1 }),
        json!({ "fault": "status", "status": 429 }),
        json!({ "fault": "malformed" }),
        json!({ "fault": "huge" }),
        json!({ "fault": "redirect" }),
    ]
}

/// Gives the list of faults for the sandbox. `percent` of all calls meet one of them; all are equally likely.
pub(super) fn by_chance(percent: f64, seed: u64) -> Value {
    let faults = faults();
    let mut spared = 1.0;
    let mut list = Vec::new();
    // The sandbox asks one fault after the other: a later one comes to what the earlier ones have spared.
    let share = percent / 100.0 / f64::from(u32::try_from(faults.len()).unwrap_or(1));
    for fault in faults {
        for call in CALLS {
            let mut fault = fault.clone();
            fault["call"] = call.into();
            fault["probability"] = (share / spared).into();
            list.push(fault);
        }
        spared -= share;
    }
    json!({ "faults": list, "seed": seed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faults_of_a_call_together_meet_as_many_as_was_asked_for() {
        let chance = by_chance(5.0, 0);
        let of_begin = chance["faults"].as_array().unwrap().iter().filter(|fault| fault["call"] == "begin");
        let spared: f64 = of_begin.map(|fault| 1.0 - fault["probability"].as_f64().unwrap()).product();
        assert!((spared - 0.95).abs() < 1e-9, "{spared}");
    }
}
