//! What changes on a page while it is shown. The functions behind it are boxed: the framework's machinery is then compiled
//! once, and not once more for each of them (docs/performance.md).

use leptos::prelude::*;

/// A value that is looked at again whenever a signal that it reads changes.
pub(crate) type Live<Value> = Box<dyn FnMut() -> Value + Send>;

/// Takes the function that looks.
pub(crate) fn live<Value>(look: impl FnMut() -> Value + Send + 'static) -> Live<Value> {
    Box::new(look)
}

/// Runs once the page is shown, in the browser alone, and again whenever a signal that it reads changes.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}
