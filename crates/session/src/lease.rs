//! A hold on one place: taken with patience, renewed while it lasts, and let go of when it is dropped.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::{runtime::Handle, task::JoinHandle, time::sleep};

use crate::{
    changes::REMEMBERED,
    store::{self, Hold, Holder, Place, Store},
};

/// How long a hold lasts that is not renewed: as long as somebody has to wait for a node that died.
const LEASE: Duration = Duration::from_secs(8);

/// How often it is renewed: two renewals may fail before it ends.
const RENEWAL: Duration = Duration::from_millis(2500);

/// A hold on one place, or the wish for it.
pub(crate) struct Lease {
    store: Arc<dyn Store>,
    place: Place,
    holder: Holder,
    renewal: Option<JoinHandle<()>>,
}

impl Lease {
    /// Names a new holder of a place.
    pub(crate) fn new(store: Arc<dyn Store>, place: Place) -> Self {
        Self { store, place, holder: Holder::draw(), renewal: None }
    }

    /// Gives the place.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Tries to take the place. From then on the hold is renewed.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn take(&mut self) -> store::Result<Hold> {
        let hold = self.store.hold(self.place, self.holder, LEASE, REMEMBERED).await?;
        if matches!(hold, Hold::Held(_)) {
            let renewal = renew(Arc::clone(&self.store), self.place, self.holder);
            self.renewal = Some(tokio::spawn(renewal));
        }
        Ok(hold)
    }

    /// Puts a value into the place. Gives whether the hold still lasts; if not, nothing was put there.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn write(&self, value: Bytes) -> store::Result<bool> {
        self.store.write(self.place, self.holder, value, REMEMBERED).await
    }
}

/// Renews a hold until it is lost. While the store fails nothing is known, and the next attempt may succeed.
async fn renew(store: Arc<dyn Store>, place: Place, holder: Holder) {
    loop {
        sleep(RENEWAL).await;
        if let Ok(false) = store.renew(place, holder, LEASE).await {
            return;
        }
    }
}

impl Drop for Lease {
    /// Lets go, also of a wish whose answer never came. If that fails, the hold ends by itself.
    fn drop(&mut self) {
        if let Some(renewal) = self.renewal.take() {
            renewal.abort();
        }
        if let Ok(runtime) = Handle::try_current() {
            let (store, place, holder) = (Arc::clone(&self.store), self.place, self.holder);
            runtime.spawn(async move {
                let _ = store.release(place, holder).await;
            });
        }
    }
}
