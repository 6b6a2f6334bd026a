namespace Platform.Contacts.Duplicates;

/// <summary>
/// By what PostgreSQL finds records that may be the same: columns that it computes from a record, whoever writes it, so that an
/// index leads to the few that are worth comparing. Migrations make the functions before the columns.
/// </summary>
internal static class MatchScripts
{
    /// <summary>The functions; they may be made again, and must not change what they give.</summary>
    public const string Functions = """
        CREATE OR REPLACE FUNCTION platform.sound_key(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT nullif(replace(regexp_replace(translate(replace(replace(replace(replace(replace(
                translate(regexp_replace(lower(normalize(value, NFKD)), '[^a-zа-я]', '', 'g'), 'абвгдежзиклмнопрстуфхцчшщыэюяьъ', 'abvgdezziklmnoprstufhccssyeua'),
                'sch', 's'), 'ph', 'f'), 'ck', 'k'), 'tz', 'z'), 'dt', 't'),
                'bpfvwcgjkqsxzdtlmnraeiouyh', '1111122222222334556000000'), '(.)\1+', '\1', 'g'), '0', ''), '') $$;
        CREATE OR REPLACE FUNCTION platform.person_key(last_name text, first_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(last_name) || '/' || coalesce(platform.sound_key(first_name), '') $$;
        CREATE OR REPLACE FUNCTION platform.company_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT platform.sound_key(regexp_replace(regexp_replace(lower(name), '[.,]', '', 'g'), '\m(gmbh|mbh|kg|ohg|ag|kgaa|ug|se|ltd|limited|inc|llc|llp|plc|corp|corporation|company|co|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|ооо|оао|зао|пао|ао|ип)\M', '', 'g')) $$;
        CREATE OR REPLACE FUNCTION platform.phone_key(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT CASE WHEN length(regexp_replace(phone, '[^0-9]', '', 'g')) >= 6 THEN right(regexp_replace(phone, '[^0-9]', '', 'g'), 8) END $$;
        """;

    public const string Phone = "platform.phone_key(phone)";
    public const string Person = "platform.person_key(last_name, first_name)";
    public const string Company = "platform.company_key(name)";
    public const string Email = "nullif(lower(email), '')";
}
