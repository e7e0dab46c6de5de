/// Why there is no answer or no token, as it was known where it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A key of plan api was to be sent to a flow.
    ApiKeyAtFlow,
    /// The host name has no address.
    NameNotResolved,
    /// Nothing listens at host and port.
    ConnectionRefused,
    /// The host cannot be reached.
    Unreachable,
    /// No connection in time.
    ConnectTimedOut,
    /// The proxy wants a user and a password.
    ProxyLogin,
    /// The proxy made no connection.
    ProxyFailed,
    /// The request went out, the answer did not come in time.
    AnswerTimedOut,
    /// The connection was closed without an answer.
    NoAnswer,
    /// What answered does not speak HTTP.
    NotHttp,
    /// The head of the answer is too large to be read.
    HeadTooLarge,
    /// The answer ended before it was whole.
    CutOff,
    /// The answer's compression cannot be undone.
    Damaged,
    /// The answer is larger than allowed.
    TooLarge,
    /// The server wants a client certificate and got none.
    CertificateWanted,
    /// The server probably wants a client certificate.
    CertificateProbablyWanted,
    /// Nobody the server trusts vouches for the client certificate.
    ClientAuthorityUnknown,
    /// The client certificate has ended.
    ClientCertificateExpired,
    /// The client certificate is not valid yet.
    ClientCertificateEarly,
    /// The client certificate was revoked.
    ClientCertificateRevoked,
    /// The client certificate is of an unsuitable kind.
    ClientCertificateUnsuitable,
    /// The client certificate is refused for another reason.
    ClientCertificateRefused,
    /// The server refused TLS for a reason of its own.
    TlsRefused,
    /// This computer does not trust the issuer of the server's certificate.
    ServerIssuerUnknown,
    /// The server's certificate is for other names.
    ServerNameWrong,
    /// The server's certificate has ended.
    ServerCertificateExpired,
    /// The server's certificate is not valid yet.
    ServerCertificateEarly,
    /// The server shows the certificate of an authority as its own.
    ServerIsAuthority,
    /// The server's certificate is not acceptable for another reason.
    ServerUntrusted,
    /// No TLS version or cipher in common.
    TlsIncompatible,
    /// The other side does not speak TLS.
    NotTls,
    /// Another failure of TLS.
    TlsFailed,
    /// The token server does not take client id and secret.
    BadCredentials,
    /// The token server saw no credentials.
    NoCredentials,
    /// The client may not use this grant type.
    GrantNotAllowed,
    /// The token server does not know the grant type.
    GrantUnsupported,
    /// The scope asked for is not the client's.
    ScopeInvalid,
    /// The token request is malformed.
    TokenRequestInvalid,
    /// The token server denies access.
    TokenAccessDenied,
    /// The token address does not take this method.
    TokenMethodRefused,
    /// The token server refused in other words.
    TokenRefused,
    /// The subdomain belongs to no subaccount.
    NoSuchZone,
    /// No application answers at the token host.
    TokenRouteUnknown,
    /// The token path is wrong.
    TokenPathUnknown,
    /// The token server is asked too often.
    TokenLimited,
    /// A page came instead of a token.
    TokenPage,
    /// Something else came instead of a token.
    TokenGarbage,
    /// The token server is down behind its router.
    TokenServerDown,
}
