using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;

namespace Platform.Contacts.Consents;

/// <summary>A record that says what it has agreed to.</summary>
internal interface IConsenting
{
    /// <summary>The latest word on each purpose.</summary>
    V1.CurrentConsents Consents { get; }

    /// <summary>The purposes of these that are agreed to.</summary>
    List<string> ConsentedTo { get; }

    /// <summary>Takes the latest words; whether they are others.</summary>
    bool TakeConsents(V1.CurrentConsents consents);
}

/// <summary>Mapping that such records have.</summary>
internal static class ConsentingConfiguration
{
    public static void HasConsents<T>(this EntityTypeBuilder<T> builder)
        where T : ProtectedEntity, IConsenting
    {
        builder.Property(row => row.Consents).HasDefaultValueSql("'{}'::jsonb").ValueGeneratedNever();
        builder.Property(row => row.ConsentedTo).HasDefaultValueSql("'{}'::text[]");
    }
}
