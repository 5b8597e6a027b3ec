//! The bill as a document (`CycloneDX` 1.5). It has neither a time nor a number of its own: the same lock file makes the same bill.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Content, lock::Lock, tree::Package};

/// Writes the bill of all parts.
pub(super) fn write(contents: &[Content], lock: &Lock, licences: &BTreeMap<Package, String>) -> Value {
    let mut needs: BTreeMap<&Package, BTreeSet<&Package>> = BTreeMap::new();
    for content in contents {
        for (package, needed) in &content.all.needs {
            needs.entry(package).or_default().extend(needed);
        }
    }
    // The program is what the bill is about; it has the other parts inside.
    let program = contents.first().map(|content| &content.all.root);
    if let Some(program) = program {
        needs.entry(program).or_default().extend(contents.iter().skip(1).map(|content| &content.all.root));
    }
    let component = |package: &Package| {
        let in_parts = contents.iter().filter(|content| content.all.has(package));
        let parts: Vec<Value> = in_parts
            .map(|content| json!({ "name": "contact-change:part", "value": content.part.name }))
            .collect();
        let runs = contents.iter().any(|content| content.running.has(package));
        let mut component = json!({
            "type": "library",
            "bom-ref": reference(package, lock),
            "name": package.name,
            "version": package.version,
            "scope": if runs { "required" } else { "excluded" },
            "properties": parts,
        });
        if let Some(licence) = licences.get(package) {
            component["licenses"] = json!([{ "expression": licence }]);
        }
        if let Some(checksum) = lock.checksum(package) {
            component["purl"] = json!(purl(package));
            component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        }
        component
    };
    let others = needs.keys().filter(|package| Some(**package) != program);
    let components: Vec<Value> = others.map(|package| component(package)).collect();
    let main = program.map(|program| {
        let mut main = component(program);
        main["type"] = json!("application");
        main
    });
    let dependencies: Vec<Value> = needs
        .iter()
        .map(|(package, needed)| {
            let on: Vec<String> = needed.iter().map(|needed| reference(needed, lock)).collect();
            json!({ "ref": reference(package, lock), "dependsOn": on })
        })
        .collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": main },
        "components": components,
        "dependencies": dependencies,
    })
}

/// The name of a package within the bill.
fn reference(package: &Package, lock: &Lock) -> String {
    match lock.checksum(package) {
        Some(_) => purl(package),
        None => format!("{}@{}", package.name, package.version),
    }
}

/// The package URL. A plus in a version is written as `%2B`, as the specification of package URLs has it.
fn purl(Package { name, version }: &Package) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}
