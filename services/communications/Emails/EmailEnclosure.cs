using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Communications.Emails;

/// <summary>What goes with a message and is kept no longer than it is queued: files, and the address that only the receiver learns.</summary>
[NotAudited("Goes with the message and not into the log: a link in it lets whoever has it answer.")]
internal sealed class EmailEnclosure : ITenantOwned
{
    /// <summary>Stands in what is kept for the address; a name that leads nowhere (RFC 2606).</summary>
    public const string LinkMark = "https://link.invalid/";

    private const int LinkNumber = 0;
    private const string LinkType = "text/uri-list";

    public Guid TenantId { get; set; }

    public Guid EmailId { get; private init; }

    public int Number { get; private init; }

    public string Name { get; private init; } = "";

    public string ContentType { get; private init; } = "";

    public byte[] Content { get; private init; } = [];

    /// <summary>The address; null for a file.</summary>
    public string? Link => Number == LinkNumber ? Encoding.UTF8.GetString(Content) : null;

    public static IEnumerable<EmailEnclosure> Of(Email email, V1.SendEmailRequest request)
    {
        foreach (var (at, file) in request.Attachments.Index())
            yield return new EmailEnclosure { EmailId = email.Id, Number = LinkNumber + 1 + at, Name = file.Name, ContentType = file.ContentType, Content = file.Content.ToByteArray() };
        if (request.Link.Length > 0)
            yield return new EmailEnclosure { EmailId = email.Id, Number = LinkNumber, ContentType = LinkType, Content = Encoding.UTF8.GetBytes(request.Link) };
    }

    public static void Map(EntityTypeBuilder<EmailEnclosure> builder)
    {
        builder.ToTable("email_enclosures");
        builder.HasKey(part => new { part.TenantId, part.EmailId, part.Number });
        builder.Ignore(part => part.Link);
        builder.HasOne<Email>().WithMany().HasForeignKey(part => new { part.TenantId, part.EmailId });
    }
}
