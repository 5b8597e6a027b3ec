//! What the operating system tells the program.

use server::{Site, config::Settings};

/// Waits for Ctrl-C or SIGTERM. Requests under way are then brought to their end.
pub(crate) async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} },
            Err(error) => {
                tracing::warn!(%error, "SIGTERM cannot be listened to");
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}

/// From now on the theme is read again at each SIGHUP. `read`: the whole configuration, since a file with a mistake in it is not
/// trusted in part; with one everything stays as it is.
pub(crate) fn reread_theme(site: Site, read: impl Fn() -> Result<Settings, String> + Send + 'static) {
    #[cfg(unix)]
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) {
        Ok(mut hangups) => {
            tokio::spawn(async move {
                while hangups.recv().await.is_some() {
                    match read() {
                        Ok(settings) => {
                            site.dress(&settings.theme);
                            tracing::info!("told to read the theme again: pages have the new one");
                        }
                        Err(problem) => tracing::error!(
                            problem,
                            "told to read the theme again: it stays as it is, and so does everything else"
                        ),
                    }
                }
            });
        }
        Err(error) => tracing::warn!(%error, "SIGHUP cannot be listened to"),
    }
    #[cfg(not(unix))]
    drop((site, read));
}
