//! What is inside of a program, as CycloneDX 1.5: <https://cyclonedx.org/docs/1.5/json/>.
//!
//! Without a serial number and a time: the same programs make the same bytes.

use anyhow::Result;
use serde_json::{Value, json};

use super::VERSION;
use super::inventory::{Component, Inventory, Key};

pub(super) fn json(name: &str, inventory: &Inventory) -> Result<Vec<u8>> {
    let product = format!("pkg:generic/{name}@{VERSION}");
    let components: Vec<_> = inventory.components.values().map(component).collect();
    let mut dependencies =
        vec![json!({ "ref": product, "dependsOn": references(&inventory.roots) })];
    dependencies.extend(inventory.components.iter().map(|(key, component)| {
        json!({ "ref": reference(key), "dependsOn": references(&component.needs) })
    }));
    let bom = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": product,
            "name": name,
            "version": VERSION,
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        }},
        "components": components,
        "dependencies": dependencies,
    });
    let mut text = serde_json::to_vec_pretty(&bom)?;
    text.push(b'\n');
    Ok(text)
}

fn component(component: &Component) -> Value {
    let reference = reference(&(component.name.clone(), component.version.clone()));
    let hashes = component.checksum.iter().map(|it| json!({ "alg": "SHA-256", "content": it }));
    let addresses = component.repository.iter().map(|it| json!({ "type": "vcs", "url": it }));
    json!({
        "type": "library",
        "bom-ref": reference,
        "purl": reference,
        "name": component.name,
        "version": component.version,
        "licenses": [{ "expression": component.license }],
        "hashes": hashes.collect::<Vec<_>>(),
        "externalReferences": addresses.collect::<Vec<_>>(),
    })
}

/// The package URL of a crate.
fn reference((name, version): &Key) -> String {
    // A version may have a `+`, which means a space in an address.
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

fn references<'a>(keys: impl IntoIterator<Item = &'a Key>) -> Vec<String> {
    keys.into_iter().map(reference).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn bom() -> Value {
        let key = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        let component = |name: &str, checksum: Option<&str>, needs| Component {
            name: name.to_owned(),
            version: "1.0.0+2".to_owned(),
            license: "MIT".to_owned(),
            checksum: checksum.map(ToOwned::to_owned),
            needs,
            ..Component::default()
        };
        let b = BTreeSet::from([key("b", "1.0.0+2")]);
        let components = BTreeMap::from([
            (key("a", "1.0.0+2"), component("a", None, b)),
            (key("b", "1.0.0+2"), component("b", Some("abc"), BTreeSet::new())),
        ]);
        let inventory = Inventory { roots: vec![key("a", "1.0.0+2")], components };
        serde_json::from_slice(&json("chatwork", &inventory).unwrap()).unwrap()
    }

    #[test]
    fn every_crate_has_its_address_its_licence_and_its_checksum() {
        let bom = bom();
        let [a, b] = bom["components"].as_array().unwrap().as_slice() else {
            panic!("{bom}");
        };
        assert_eq!(a["purl"], "pkg:cargo/a@1.0.0%2B2");
        assert_eq!(a["hashes"], json!([]));
        assert_eq!(b["hashes"], json!([{ "alg": "SHA-256", "content": "abc" }]));
        assert_eq!(b["licenses"], json!([{ "expression": "MIT" }]));
    }

    #[test]
    fn what_depends_on_what_begins_with_the_product() {
        let expected = json!([
            { "ref": format!("pkg:generic/chatwork@{VERSION}"), "dependsOn": ["pkg:cargo/a@1.0.0%2B2"] },
            { "ref": "pkg:cargo/a@1.0.0%2B2", "dependsOn": ["pkg:cargo/b@1.0.0%2B2"] },
            { "ref": "pkg:cargo/b@1.0.0%2B2", "dependsOn": [] },
        ]);
        assert_eq!(bom()["dependencies"], expected);
    }
}
