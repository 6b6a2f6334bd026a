using Google.Protobuf.Collections;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Contacts.ContactPoints;

/// <summary>How other e-mails, phones and addresses are kept: in the row, with columns of what filters ask for, which PostgreSQL computes, whoever writes the row.</summary>
internal static class PointScripts
{
    /// <summary>The column with the phone as E.164.</summary>
    public const string PhoneColumn = "phone_e164";

    /// <summary>The column with the other e-mails, in small letters.</summary>
    public const string EmailTexts = "OtherEmailTexts";

    /// <summary>The column with the other phones, as they were typed and as E.164.</summary>
    public const string PhoneTexts = "OtherPhoneTexts";

    /// <summary>The functions; they may be made again, and must not change what they give.</summary>
    public const string Functions = """
        CREATE OR REPLACE FUNCTION platform.other_emails(points jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
        BEGIN
            IF points = '[]' OR jsonb_typeof(points) <> 'array' THEN
                RETURN '{}';
            END IF;
            RETURN ARRAY(SELECT lower(point.item->>'address') FROM jsonb_array_elements(points) AS point (item));
        END $$;
        CREATE OR REPLACE FUNCTION platform.other_phones(points jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
        BEGIN
            IF points = '[]' OR jsonb_typeof(points) <> 'array' THEN
                RETURN '{}';
            END IF;
            RETURN ARRAY(SELECT DISTINCT form.written FROM jsonb_array_elements(points) AS point (item) CROSS JOIN LATERAL unnest(ARRAY[point.item->>'number', point.item->>'e164']) AS form (written) WHERE form.written <> '');
        END $$;
        """;

    /// <summary>Messages in lists of such.</summary>
    public static void Convert(ModelConfigurationBuilder configuration)
    {
        Convert<V1.OtherEmail>(configuration);
        Convert<V1.OtherPhone>(configuration);
        Convert<V1.OtherAddress>(configuration);
    }

    /// <summary>The phone as E.164, by which records are found.</summary>
    public static void MapPhone<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        builder.Property<string?>("PhoneE164").HasColumnName(PhoneColumn);
        builder.HasIndex("TenantId", "PhoneE164");
    }

    /// <summary>That, and the others.</summary>
    public static void Map<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        MapPhone(builder);
        List<V1.OtherEmail>(builder, "OtherEmails");
        List<V1.OtherPhone>(builder, "OtherPhones");
        List<V1.OtherAddress>(builder, "OtherAddresses");
        builder.Property<List<string>>(EmailTexts).HasComputedColumnSql("platform.other_emails(other_emails)", stored: true);
        builder.Property<List<string>>(PhoneTexts).HasComputedColumnSql("platform.other_phones(other_phones)", stored: true);
    }

    private static void List<TPoint>(EntityTypeBuilder builder, string name) =>
        builder.Property<RepeatedField<TPoint>>(name).HasDefaultValueSql("'[]'::jsonb").ValueGeneratedNever();

    private static void Convert<T>(ModelConfigurationBuilder configuration)
        where T : Google.Protobuf.IMessage<T>, new() =>
        configuration.Properties<RepeatedField<T>>().HaveConversion<MessagesConverter<T>, MessagesComparer<T>>().HaveColumnType("jsonb");
}
