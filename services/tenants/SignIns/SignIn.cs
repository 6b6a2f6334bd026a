using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Tenants.SignIns;

/// <summary>A sign-in, or an attempt at one. Never changed; deleted when it is too old.</summary>
[NotAudited("Is a journal itself.")]
internal sealed class SignIn : Entity
{
    public Guid? UserId { get; private init; }

    public V1.SignInOutcome Outcome { get; private init; }

    public V1.SignInMethod Method { get; private init; }

    public string Broker { get; private init; } = "";

    public string ClientId { get; private init; } = "";

    public string Address { get; private init; } = "";

    public string Device { get; private init; } = "";

    public bool NewDevice { get; set; }

    public string Error { get; private init; } = "";

    public static SignIn Of(IdentityEvent source, string device) => new()
    {
        Id = IdOf(source),
        CreateTime = source.When,
        UpdateTime = source.When,
        UserId = source.Person,
        Outcome = source.IsFailure ? V1.SignInOutcome.Failed : V1.SignInOutcome.Succeeded,
        Method = SignInMethods.Of(source),
        Broker = Short(source.Detail("identity_provider")),
        ClientId = Short(source.ClientId),
        Address = Short(source.IpAddress),
        Device = device,
        Error = source.IsFailure ? Short(source.Error) : "",
    };

    /// <summary>The same event has the same id, however often it is read; in the order of time, as all ids.</summary>
    public static Guid IdOf(IdentityEvent source)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(source.Id), bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, source.Time);
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }

    public V1.SignIn ToMessage() => new()
    {
        Id = Id.ToString(),
        Time = CreateTime.ToTimestamp(),
        UserId = UserId.ToIdText(),
        Outcome = Outcome,
        Method = Method,
        Broker = Broker,
        ClientId = ClientId,
        Address = Address,
        Device = Device,
        NewDevice = NewDevice,
        Error = Error,
    };

    public static void Map(EntityTypeBuilder<SignIn> builder)
    {
        builder.IsResource("sign_ins");
        builder.Property(row => row.Outcome).HasConversion<short>();
        builder.Property(row => row.Method).HasConversion<short>();
        builder.HasIndex(row => new { row.TenantId, row.UserId, row.Id });
    }

    private static string Short(string? text) => text is null ? "" : text[..Math.Min(text.Length, 200)];
}
