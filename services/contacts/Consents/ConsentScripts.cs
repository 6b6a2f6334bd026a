namespace Platform.Contacts.Consents;

/// <summary>
/// What holds of statements in the database too, whoever writes: what was said stays as it was said, and goes with its record alone. Whose it is may
/// change, for a merge, its being taken back and a conversion lead it elsewhere.
/// </summary>
internal static class ConsentScripts
{
    /// <summary>
    /// The guards. That the record is gone is asked at the end of the transaction, since it may go after its statements. The second names is_moving
    /// itself, because a trigger of this kind is not made again for it.
    /// </summary>
    public const string Up = """
        CREATE FUNCTION guard_consent() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            mutable CONSTANT text[] := ARRAY['person_id', 'lead_id', 'update_time'];
        BEGIN
            IF to_jsonb(NEW) - mutable IS DISTINCT FROM to_jsonb(OLD) - mutable THEN
                RAISE EXCEPTION 'What was said of a consent is never changed.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER guard_consent BEFORE UPDATE ON consent_statements FOR EACH ROW EXECUTE FUNCTION guard_consent();

        CREATE FUNCTION guard_consent_removal() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE isThere boolean;
        BEGIN
            EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.people WHERE tenant_id = $1 AND id = $2) OR EXISTS (SELECT FROM %1$I.leads WHERE tenant_id = $1 AND id = $3)', TG_TABLE_SCHEMA)
                INTO isThere USING OLD.tenant_id, OLD.person_id, OLD.lead_id;
            IF isThere THEN
                RAISE EXCEPTION 'What was said of a consent goes with its record alone.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER guard_consent_removal AFTER DELETE ON consent_statements DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (NOT platform.is_moving() AND NOT platform.is_purge(OLD.tenant_id)) EXECUTE FUNCTION guard_consent_removal();
        CREATE TRIGGER guard_consents BEFORE TRUNCATE ON consent_statements FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
        """;

    public const string Down = """
        DROP TRIGGER guard_consents ON consent_statements;
        DROP TRIGGER guard_consent_removal ON consent_statements;
        DROP FUNCTION guard_consent_removal;
        DROP TRIGGER guard_consent ON consent_statements;
        DROP FUNCTION guard_consent;
        """;
}
