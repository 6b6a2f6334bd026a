using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Tests.Harness;

/// <summary>A passkey device in software: one key, and answers as a browser would give them.</summary>
internal sealed class SoftKey(string origin) : IDisposable
{
    private const byte PersonThere = 0x05;
    private const byte WithKey = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private uint _counter;

    public string? UserHandle { get; set; }

    public static JsonObject Options(Screen screen) =>
        JsonNode.Parse(HttpUtility.HtmlDecode(screen.Html.Split("data-options=\"")[1].Split('"')[0]))!.AsObject();

    public string Create(JsonObject options)
    {
        UserHandle = (string)options["user"]!["id"]!;
        var client = Client("webauthn.create", (string)options["challenge"]!);
        var key = _key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (name, value) in ((int, int)[])[(1, 2), (3, -7), (-1, 1)])
        {
            cose.WriteInt32(name);
            cose.WriteInt32(value);
        }
        foreach (var (name, value) in ((int, byte[])[])[(-2, key.X!), (-3, key.Y!)])
        {
            cose.WriteInt32(name);
            cose.WriteByteString(value);
        }
        cose.WriteEndMap();
        byte[] attested = [.. new byte[16], 0, (byte)_id.Length, .. _id, .. cose.Encode()];
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. Data((string)options["rp"]!["id"]!, PersonThere | WithKey), .. attested]);
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["attestationObject"] = Base64UrlEncoder.Encode(attestation.Encode()),
            ["clientDataJSON"] = Base64UrlEncoder.Encode(client),
            ["transports"] = new JsonArray("internal"),
        });
    }

    public string Use(JsonObject options, byte flags = PersonThere)
    {
        _counter++;
        var client = Client("webauthn.get", (string)options["challenge"]!);
        var data = Data((string)options["rpId"]!, flags);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["authenticatorData"] = Base64UrlEncoder.Encode(data),
            ["clientDataJSON"] = Base64UrlEncoder.Encode(client),
            ["signature"] = Base64UrlEncoder.Encode(signature),
            ["userHandle"] = UserHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Client(string type, string challenge) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["challenge"] = challenge, ["origin"] = origin }.ToJsonString());

    private byte[] Data(string server, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, _counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(server)), flags, .. counter];
    }

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Base64UrlEncoder.Encode(_id),
        ["rawId"] = Base64UrlEncoder.Encode(_id),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();
}
