using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Contacts.Forms;

/// <summary>A form by which anybody becomes a lead.</summary>
internal sealed class LeadForm : Entity
{
    public const string UniqueSlug = "ix_lead_forms_tenant_id_slug";

    private const int KeyBytes = 32;

    public string Slug { get; private init; } = "";

    /// <summary>The company's short name in addresses, which never changes.</summary>
    public string Site { get; private init; } = "";

    /// <summary>Whether anybody can reach it.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>All else, as the JSON of its contract.</summary>
    public string Definition { get; private set; } = "";

    /// <summary>By this the stamps are known that the form has given out.</summary>
    [Confidential]
    public byte[] StampKey { get; private init; } = [];

    /// <summary>The address of the page, as it is written down.</summary>
    public string Address => AddressOf(Site, Slug);

    public static string AddressOf(string site, string slug) => $"forms/{site}/{slug}";

    public static void Map(EntityTypeBuilder<LeadForm> builder)
    {
        builder.IsResource("lead_forms");
        builder.Ignore(form => form.Address);
        builder.Property(form => form.Definition).HasColumnType("jsonb");
        builder.HasIndex(form => new { form.TenantId, form.Slug }).IsUnique().HasDatabaseName(UniqueSlug);
    }

    public static LeadForm Create(V1.LeadForm message, string site, DateTimeOffset now)
    {
        var form = new LeadForm { Slug = message.Slug, Site = site, StampKey = RandomNumberGenerator.GetBytes(KeyBytes), CreateTime = now };
        form.Update(message, now);
        return form;
    }

    public void Update(V1.LeadForm message, DateTimeOffset now)
    {
        var definition = new V1.LeadForm(message) { Id = "", Etag = "", Slug = "", Path = "", Open = false, CreateTime = null, UpdateTime = null };
        (definition.Title, definition.Source) = (message.Title.Trim(), message.Source.Trim());
        (Definition, IsOpen, UpdateTime) = (JsonFormatter.Default.Format(definition), message.Open, now);
    }

    public V1.LeadForm ToMessage()
    {
        var message = JsonParser.Default.Parse<V1.LeadForm>(Definition);
        (message.Id, message.Etag, message.Slug, message.Path, message.Open) = (Id.ToString(), Etag, Slug, $"/{Address}", IsOpen);
        (message.CreateTime, message.UpdateTime) = (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        return message;
    }
}
