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
            IF points = '[]' THEN
                RETURN '{}';
            END IF;
            RETURN ARRAY(SELECT lower(point.item->>'address') FROM jsonb_array_elements(points) AS point (item));
        END $$;
        CREATE OR REPLACE FUNCTION platform.other_phones(points jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
        BEGIN
            IF points = '[]' THEN
                RETURN '{}';
            END IF;
            RETURN ARRAY(SELECT DISTINCT form.written FROM jsonb_array_elements(points) AS point (item) CROSS JOIN LATERAL unnest(ARRAY[point.item->>'number', point.item->>'e164']) AS form (written) WHERE form.written <> '');
        END $$;
        """;

    /// <summary>
    /// Notes for each company that has records with phones that these are to be understood: at once, and once more a day later, for what a version
    /// of the platform wrote that was still running.
    /// </summary>
    public const string NotePhones = """
        ALTER TABLE people NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE leads NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE chores NO FORCE ROW LEVEL SECURITY;
        INSERT INTO chores (tenant_id, kind, subject_id, due_time)
        SELECT tenant_id, 'NumberPhones', turn.subject_id, now() + turn.pause
        FROM (SELECT tenant_id FROM people WHERE phone <> '' UNION SELECT tenant_id FROM companies WHERE phone <> '' UNION SELECT tenant_id FROM leads WHERE phone <> '') AS phones
        CROSS JOIN (VALUES ('00000000-0000-0000-0000-000000000001'::uuid, interval '0'), ('00000000-0000-0000-0000-000000000002'::uuid, interval '1 day')) AS turn (subject_id, pause);
        ALTER TABLE people FORCE ROW LEVEL SECURITY;
        ALTER TABLE companies FORCE ROW LEVEL SECURITY;
        ALTER TABLE leads FORCE ROW LEVEL SECURITY;
        ALTER TABLE chores FORCE ROW LEVEL SECURITY;
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
