using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Publishing;

/// <summary>That something of a company has a public page, by the hash of the page's whole address: whoever does not know the address learns of no company.</summary>
[NotAudited("Follows from what is public, which is in the log.")]
public sealed class PublicAddress : ITenantOwned
{
    /// <summary>The table.</summary>
    public const string Table = "public_addresses";

    /// <inheritdoc />
    public Guid TenantId { get; set; }

    /// <summary>What the page shows.</summary>
    public Guid TargetId { get; init; }

    /// <summary>SHA-256 of the address.</summary>
    public byte[] AddressHash { get; set; } = [];

    /// <summary>The hash by which an address is found: <c>kb/acme</c>, <c>forms/acme/contact</c>.</summary>
    public static byte[] HashOf(string address) => SHA256.HashData(Encoding.UTF8.GetBytes(address));

    /// <summary>Maps it; the service's model has it once.</summary>
    public static void Map(EntityTypeBuilder<PublicAddress> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(address => new { address.TenantId, address.TargetId });
        builder.HasIndex(address => address.AddressHash);
        builder.IsWorkedOnAcrossTenants("A public page is asked for by its address, which names the company.");
    }
}
