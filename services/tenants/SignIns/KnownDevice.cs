using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;
using Platform.Tenants.Members;

namespace Platform.Tenants.SignIns;

/// <summary>A device from which a member has signed in.</summary>
[NotAudited("Follows from the journal of sign-ins.")]
internal sealed class KnownDevice : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid UserId { get; init; }

    /// <summary>See <see cref="DeviceKeys"/>.</summary>
    public byte[] Hash { get; init; } = [];

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset LastUseTime { get; set; }

    public V1.SignedInFromNewDevice ToEvent(Member member, SignIn signIn) => new()
    {
        DeviceId = Id.ToString(),
        UserId = UserId.ToString(),
        Email = member.Email,
        DisplayName = member.DisplayName,
        Device = signIn.Device,
        Address = signIn.Address,
        ClientId = signIn.ClientId,
        Time = signIn.CreateTime.ToTimestamp(),
    };

    public static void Map(EntityTypeBuilder<KnownDevice> builder)
    {
        builder.ToTable("known_devices");
        // One row for a device, whoever writes it first: hence one notice.
        builder.HasKey(device => new { device.TenantId, device.UserId, device.Hash });
        builder.HasOne<Member>().WithMany().HasForeignKey(device => new { device.TenantId, device.UserId }).OnDelete(DeleteBehavior.Cascade);
    }
}
