namespace Platform.Deals.Quotes;

/// <summary>What holds of quotes in the database too, whoever writes: what was sent stays as it is, and numbers have no gap.</summary>
internal static class QuoteScripts
{
    public const string Up = """
        CREATE FUNCTION guard_quote() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            -- All that a quote may still change that was sent; columns that are added later are frozen by default.
            mutable CONSTANT text[] := ARRAY['status', 'update_time', 'owner_id', 'readers', 'writers', 'custom_fields'];
            answer CONSTANT text[] := ARRAY['answer_time', 'signer_name', 'decline_reason', 'client_address', 'answered_hash', 'recorded_by'];
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.status <> 'Draft' THEN
                    RAISE EXCEPTION 'A quote begins as a draft.' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'DELETE' THEN
                IF OLD.status <> 'Draft' AND NOT platform.is_purge(OLD.tenant_id) THEN
                    RAISE EXCEPTION 'Quote % was sent and stays.', OLD.number USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN OLD;
            END IF;
            IF OLD.status = 'Draft' THEN
                IF NEW.status NOT IN ('Draft', 'Sent') OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number) THEN
                    RAISE EXCEPTION 'A draft is sent before anything else, and keeps its number.' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END IF;
            IF to_jsonb(NEW) - mutable - answer IS DISTINCT FROM to_jsonb(OLD) - mutable - answer
                OR (OLD.status <> 'Sent' AND to_jsonb(NEW) - mutable IS DISTINCT FROM to_jsonb(OLD) - mutable)
                OR NOT (NEW.status = OLD.status
                    OR (OLD.status = 'Sent' AND NEW.status IN ('Accepted', 'Declined', 'Expired', 'Superseded'))
                    OR (OLD.status IN ('Declined', 'Expired') AND NEW.status = 'Superseded')) THEN
                RAISE EXCEPTION 'Quote % was sent and cannot be changed: make a revision of it.', OLD.number USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER guard_quote BEFORE INSERT OR UPDATE OR DELETE ON quotes FOR EACH ROW EXECUTE FUNCTION guard_quote();

        CREATE FUNCTION guard_quote_series() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' AND NEW.last_number = 1 THEN
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' AND NEW.last_number = OLD.last_number + 1 AND (NEW.tenant_id, NEW.year) = (OLD.tenant_id, OLD.year) THEN
                RETURN NEW;
            END IF;
            IF TG_OP = 'DELETE' AND platform.is_purge(OLD.tenant_id) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'A series of numbers goes up one by one.' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER guard_quote_series BEFORE INSERT OR UPDATE OR DELETE ON quote_series FOR EACH ROW EXECUTE FUNCTION guard_quote_series();
        """;

    public const string Down = """
        DROP TRIGGER guard_quote ON quotes;
        DROP FUNCTION guard_quote;
        DROP TRIGGER guard_quote_series ON quote_series;
        DROP FUNCTION guard_quote_series;
        """;
}
