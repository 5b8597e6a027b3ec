//! An address behind which another server can be put, such as a virtual one. Who is connected stays where they are. Used
//! by the server's tests as well.

use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

use crate::redis_server::RedisServer;

/// The address. It leads nowhere when the test is over.
pub(crate) struct MovingAddress {
    port: u16,
    server: Arc<AtomicU16>,
}

impl MovingAddress {
    /// Gives one that leads to a server.
    pub(crate) async fn of(server: &RedisServer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = Arc::new(AtomicU16::new(server.port()));
        let to = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let to = to.load(Ordering::Relaxed);
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(("127.0.0.1", to)).await?;
                    copy_bidirectional(&mut near, &mut far).await
                });
            }
        });
        Self { port, server }
    }

    /// Lets new connections lead to another server.
    pub(crate) fn move_to(&self, server: &RedisServer) {
        self.server.store(server.port(), Ordering::Relaxed);
    }

    /// Gives the address for plain connections.
    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}
