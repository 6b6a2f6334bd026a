using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Contacts.Duplicates;

/// <summary>
/// By what PostgreSQL finds records that may be the same: columns that it computes from a record, whoever writes it, so that an
/// index leads to the few that are worth comparing. Migrations make the functions before the columns.
/// </summary>
internal static class MatchScripts
{
    /// <summary>Letters that sound like others; PostgreSQL and we fold them alike.</summary>
    public const string Letters = "абвгдежзийклмнопрстуфхцчшщыэюяёàáâãäåāăąæçćĉċčďđðèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňŉòóôõöøōŏőœŕŗřśŝşšșßţťŧțþùúûüũūŭůűųŵýÿŷźżž";

    /// <summary>The others, each at the place of its letter.</summary>
    public const string Sounds = "abvgdezziiklmnoprstufhccssyeuaeaaaaaaaaaacccccdddeeeeeeeeegggghhiiiiiiiiijklllllnnnnnoooooooooorrrsssssstttttuuuuuuuuuuwyyyzzz";

    /// <summary>What parts the words of a company's name beside spaces; a dot stands within one. PostgreSQL and we part them alike, whatever its locale takes for a letter.</summary>
    public const string Separators = "\t\n\r\u00A0,;:!?\"'`´&/\\|()[]{}<>+-_=*#@%^~«»„“”‚‘’‹›–—…·•";

    /// <summary>Words that say nothing but a company's legal form.</summary>
    public const string LegalForms = "gmbh|mbh|kg|ohg|ag|kgaa|ug|se|ltd|limited|inc|llc|llp|plc|corp|corporation|company|co|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|ооо|оао|зао|пао|ао|ип";

    /// <summary>The functions by which companies are found; they may be made again, and must not change what they give.</summary>
    public static readonly string NameFunctions = $$"""
        CREATE OR REPLACE FUNCTION platform.company_name_words(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT regexp_replace(' ' || regexp_replace(translate(replace(lower(name), '.', ''), '{{Separators.Replace("'", "''", StringComparison.Ordinal)}}', '{{new string(' ', Separators.Length)}}'), ' +', '  ', 'g') || ' ',
                ' ({{LegalForms}}) ', ' ', 'g') $$;
        CREATE OR REPLACE FUNCTION platform.company_name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(platform.company_name_words(name)) $$;
        CREATE OR REPLACE FUNCTION platform.company_name_part(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(substring(platform.company_name_words(name) from '[^ ]+')) $$;
        """;

    /// <summary>The functions; they may be made again, and must not change what they give.</summary>
    public const string Functions = $$"""
        CREATE OR REPLACE FUNCTION platform.sound_key(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
        DECLARE small text := lower(value); sound text := small;
        BEGIN
            -- What takes longest is done to the names that need it: most are Latin letters that are not doubled.
            IF octet_length(small) <> length(small) THEN
                sound := translate(small, '{{Letters}}', '{{Sounds}}');
            END IF;
            IF sound ~ '[^a-z0-9]' THEN
                sound := regexp_replace(sound, '[^a-z0-9]', '', 'g');
            END IF;
            sound := translate(replace(replace(replace(replace(replace(sound, 'sch', 's'), 'ph', 'f'), 'ck', 'k'), 'tz', 'z'), 'dt', 't'),
                'bpfvwcgjkqsxzdtlmnraeiouyh', 'bbbbbssssssssttlnnr______');
            IF sound ~ 'bb|ll|nn|rr|ss|tt' THEN
                sound := regexp_replace(sound, '([a-z_])\1+', '\1', 'g');
            END IF;
            RETURN coalesce(nullif(replace(sound, '_', ''), ''), nullif(regexp_replace(small, '[ -/:-@[-`{-~]', '', 'g'), ''));
        END $$;
        CREATE OR REPLACE FUNCTION platform.person_key(last_name text, first_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(last_name) || '/' || coalesce(platform.sound_key(first_name), '') $$;
        CREATE OR REPLACE FUNCTION platform.company_words(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT regexp_replace(regexp_replace(lower(name), '[.,]', '', 'g'), '\m(gmbh|mbh|kg|ohg|ag|kgaa|ug|se|ltd|limited|inc|llc|llp|plc|corp|corporation|company|co|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|ооо|оао|зао|пао|ао|ип)\M', '', 'g') $$;
        CREATE OR REPLACE FUNCTION platform.company_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(platform.company_words(name)) $$;
        CREATE OR REPLACE FUNCTION platform.company_part(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(substring(platform.company_words(name) from '[^ "''«»„“”&/()+-]+')) $$;
        CREATE OR REPLACE FUNCTION platform.phone_key(phone text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
        DECLARE digits text := translate(phone, ' +-/().', '');
        BEGIN
            IF digits ~ '[^0-9]' THEN
                digits := regexp_replace(digits, '[^0-9]', '', 'g');
            END IF;
            RETURN CASE WHEN length(digits) >= 6 THEN right(digits, 8) END;
        END $$;
        """;

    private const string Phone = "platform.phone_key(phone)";
    private const string Email = "nullif(lower(email), '')";

    /// <summary>Columns by which people or leads are found, each with an index.</summary>
    public static void MapPeople<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        Column(builder, "MatchPhone", Phone);
        Column(builder, "MatchName", "platform.person_key(last_name, first_name)");
        Column(builder, "MatchPart", "platform.sound_key(last_name)");
    }

    /// <summary>Columns by which companies are found, each with an index.</summary>
    public static void MapCompanies<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        Column(builder, "LowerEmail", Email);
        Column(builder, "MatchPhone", Phone);
        Column(builder, "MatchName", "platform.company_name_key(name)");
        Column(builder, "MatchPart", "platform.company_name_part(name)");
    }

    private static void Column<T>(EntityTypeBuilder<T> builder, string name, string sql)
        where T : class
    {
        builder.Property<string?>(name).HasComputedColumnSql(sql, stored: true);
        builder.HasIndex("TenantId", name);
    }
}
