using System.Security.Cryptography;
using System.Text;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

/// <summary>SCRAM-SHA-256 (RFC 7677), the server's side, for one connection.</summary>
internal sealed class WireSignIn((string Name, string Password)? user)
{
    private const int Rounds = 4096;
    private const int AuthenticationFailed = 18;
    private const int Unauthorized = 13;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(28); // the length that MongoDB uses, and libmongoc insists on
    private string _exchange = "";
    private bool _isSignedIn = user is null;

    /// <summary>Null where the command may pass.</summary>
    public BsonDocument? Answer(BsonDocument command) => command.First().Key switch
    {
        "hello" or "isMaster" or "ismaster" => null,
        "saslStart" => Start(Encoding.UTF8.GetString(command.Get<byte[]>("payload")!)),
        "saslContinue" => Continue(Encoding.UTF8.GetString(command.Get<byte[]>("payload")!)),
        _ => _isSignedIn ? null : No(Unauthorized, "command requires authentication"),
    };

    /// <summary>Says hello back with the way to sign in, to whoever asks for it.</summary>
    public BsonDocument Introduced(BsonDocument command, BsonDocument answer)
    {
        if (user is not null && command.Has("saslSupportedMechs"))
        {
            answer.Add("saslSupportedMechs", new[] { "SCRAM-SHA-256" });
        }

        return answer;
    }

    private BsonDocument Start(string first)
    {
        var bare = first[first.IndexOf("n=", StringComparison.Ordinal)..];
        if (bare.Split(',')[0] != $"n={user!.Value.Name}")
        {
            return No(AuthenticationFailed, "Authentication failed.");
        }

        var nonce = bare.Split(",r=")[1] + Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        var challenge = $"r={nonce},s={Convert.ToBase64String(_salt)},i={Rounds}";
        _exchange = $"{bare},{challenge}";
        return Say(challenge, isDone: false);
    }

    private BsonDocument Continue(string last)
    {
        var (withoutProof, proof) = (last[..last.IndexOf(",p=", StringComparison.Ordinal)], Convert.FromBase64String(last.Split(",p=")[1]));
        var exchange = Encoding.UTF8.GetBytes($"{_exchange},{withoutProof}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(user!.Value.Password, _salt, Rounds, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), exchange);
        if (!clientKey.Zip(signature, (key, sign) => (byte)(key ^ sign)).SequenceEqual(proof))
        {
            return No(AuthenticationFailed, "Authentication failed.");
        }

        _isSignedIn = true;
        return Say($"v={Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), exchange))}", isDone: true);
    }

    private static BsonDocument Say(string payload, bool isDone)
        => new() { { "conversationId", 1 }, { "done", isDone }, { "payload", Encoding.UTF8.GetBytes(payload) }, { "ok", 1.0 } };

    private static BsonDocument No(int code, string message) => new() { { "ok", 0.0 }, { "errmsg", message }, { "code", code }, { "codeName", message } };
}
