//! Searches and changes in generated code.

use proc_macro2::TokenTree;
use syn::{
    Attribute, Expr, Field, File, Ident, ImplItem, ImplItemFn, Item, ItemEnum, ItemImpl,
    ItemStruct, Type,
};

use crate::error::Error;

/// The struct of a name.
pub(crate) fn find_struct<'a>(file: &'a mut File, name: &str) -> Option<&'a mut ItemStruct> {
    file.items.iter_mut().find_map(|item| match item {
        Item::Struct(found) if found.ident == name => Some(found),
        _ => None,
    })
}

/// The enum of a name.
pub(crate) fn find_enum<'a>(file: &'a mut File, name: &str) -> Option<&'a mut ItemEnum> {
    file.items.iter_mut().find_map(|item| match item {
        Item::Enum(found) if found.ident == name => Some(found),
        _ => None,
    })
}

/// The field with a name on the wire, also where serde's attributes are removed.
pub(crate) fn find_field<'a>(item: &'a mut ItemStruct, wire: &str) -> Option<&'a mut Field> {
    let ident = crate::naming::snake(wire);
    item.fields.iter_mut().find(|field| {
        wire_name(field).as_deref() == Some(wire) || field.ident.as_ref() == Some(&ident)
    })
}

/// The name under which a field goes over the wire: its own, or that of `serde(rename)`.
pub(crate) fn wire_name(field: &Field) -> Option<String> {
    let renamed = field.attrs.iter().find_map(serde_rename);
    renamed.or_else(|| field.ident.as_ref().map(ToString::to_string))
}

/// The name in `#[serde(rename = "…")]`.
pub(crate) fn serde_rename(attribute: &Attribute) -> Option<String> {
    let mut name = None;
    if attribute.path().is_ident("serde") {
        // An attribute other than a list of `key = "value"` has no rename.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value()
                && let Ok(text) = value.parse::<syn::LitStr>()
                && meta.path.is_ident("rename")
            {
                name = Some(text.value());
            }
            Ok(())
        });
    }
    name
}

/// Every method of the client that calls an operation.
pub(crate) fn operations(client: &mut File) -> impl Iterator<Item = &mut ImplItemFn> {
    client
        .items
        .iter_mut()
        .filter_map(|item| match item {
            Item::Impl(found) if found.trait_.is_none() => Some(found),
            _ => None,
        })
        .flat_map(|found| found.items.iter_mut())
        .filter_map(|item| match item {
            ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
            _ => None,
        })
}

/// The method of one operation.
pub(crate) fn find_operation<'a>(
    client: &'a mut File,
    id: &str,
    workaround: &'static str,
) -> Result<&'a mut ImplItemFn, Error> {
    let name = crate::naming::method(id);
    operations(client).find(|method| method.sig.ident == name).ok_or_else(|| Error::Patch {
        workaround,
        message: format!("no method `{name}` in the client"),
    })
}

/// The variable at the beginning of a chain of calls: `response` in `response.status().as_u16()`.
pub(crate) fn receiver(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::MethodCall(call) => receiver(&call.receiver),
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// The name of the type that an `impl` is for.
pub(crate) fn self_type(item: &ItemImpl) -> Option<String> {
    type_name(&item.self_ty)
}

/// The last segment of a path type.
pub(crate) fn type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// Takes out every `impl` for a type, and every conversion into it.
fn remove_impls(file: &mut File, name: &str) {
    file.items.retain(|item| match item {
        Item::Impl(found) => self_type(found).as_deref() != Some(name),
        _ => true,
    });
}

/// Takes out the attributes of a name, for example `derive`.
pub(crate) fn remove_attributes(attributes: &mut Vec<Attribute>, name: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident(name));
}

/// Whether an attribute derives `Serialize`.
pub(crate) fn derives_serialize(attribute: &Attribute) -> bool {
    derives(attribute, "Serialize")
}

/// Whether an attribute derives a trait.
pub(crate) fn derives(attribute: &Attribute, name: &str) -> bool {
    use quote::ToTokens;
    let is_name = |token| matches!(token, TokenTree::Ident(ident) if ident == name);
    let in_list = |token| match token {
        TokenTree::Group(group) => group.stream().into_iter().any(is_name),
        _ => false,
    };
    attribute.path().is_ident("derive") && attribute.meta.to_token_stream().into_iter().any(in_list)
}

/// Replaces an enum and its `impl`s, if there is one of this name. `by` gets the docs of the enum.
pub(crate) fn replace_enum(
    file: &mut File,
    name: &Ident,
    by: impl FnOnce(&[Attribute]) -> Vec<Item>,
) {
    let Some(before) = find_enum(file, &name.to_string()) else {
        return;
    };
    let mut docs = std::mem::take(&mut before.attrs);
    docs.retain(|attribute| attribute.path().is_ident("doc"));
    remove_impls(file, &name.to_string());
    replace(file, &name.to_string(), by(&docs));
}

/// Replaces the item of a name by others, in its place.
fn replace(file: &mut File, name: &str, by: Vec<Item>) {
    let place = file.items.iter().position(|item| match item {
        Item::Enum(found) => found.ident == name,
        Item::Struct(found) => found.ident == name,
        _ => false,
    });
    if let Some(place) = place {
        file.items.splice(place..=place, by);
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::operations;

    #[test]
    fn a_method_of_a_trait_is_no_operation() {
        let mut client = parse_quote! {
            impl Hooks for Client {
                async fn before(&self) {}
            }
            impl Client {
                fn address(&self) {}
                async fn get_me(&self) {}
            }
        };
        let names = operations(&mut client).map(|method| method.sig.ident.to_string());
        assert_eq!(names.collect::<Vec<_>>(), ["get_me"]);
    }
}
