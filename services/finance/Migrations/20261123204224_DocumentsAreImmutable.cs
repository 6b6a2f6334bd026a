using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <summary>
    /// What the law asks of documents holds in the database too, whoever writes: an issued invoice keeps its content and stays,
    /// a credit note never changes, a number is given once.
    /// </summary>
    public partial class DocumentsAreImmutable : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    -- All that an issued invoice may still change; columns that are added later are frozen by default.
                    mutable CONSTANT text[] := ARRAY['status', 'amount_due', 'credit_note_id', 'update_time'];
                BEGIN
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.status <> 'Draft' THEN
                            RAISE EXCEPTION 'An invoice begins as a draft.' USING ERRCODE = 'restrict_violation';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF OLD.status = 'Draft' THEN
                        IF TG_OP = 'DELETE' THEN
                            RETURN OLD;
                        END IF;
                        IF NEW.status NOT IN ('Draft', 'Issued') THEN
                            RAISE EXCEPTION 'A draft is issued before anything else.' USING ERRCODE = 'restrict_violation';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'Invoice % is issued and stays.', OLD.number USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF to_jsonb(NEW) - mutable IS DISTINCT FROM to_jsonb(OLD) - mutable
                        OR NOT (OLD.status = 'Issued' AND NEW.status = 'Credited' AND NEW.amount_due = 0) THEN
                        RAISE EXCEPTION 'Invoice % is issued and cannot be changed: correct it by a credit note.', OLD.number USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER guard_invoice BEFORE INSERT OR UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice();

                CREATE FUNCTION guard_credit_note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Credit note % is issued and cannot be changed.', OLD.number USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER guard_credit_note BEFORE UPDATE OR DELETE ON credit_notes FOR EACH ROW EXECUTE FUNCTION guard_credit_note();

                CREATE FUNCTION guard_number_series() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'INSERT' AND NEW.last_number = 1 THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'UPDATE' AND NEW.last_number = OLD.last_number + 1 AND NEW.last_date >= OLD.last_date
                        AND (NEW.tenant_id, NEW.document_type, NEW.fiscal_year) = (OLD.tenant_id, OLD.document_type, OLD.fiscal_year) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'A series of numbers goes up one by one.' USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER guard_number_series BEFORE INSERT OR UPDATE OR DELETE ON number_series FOR EACH ROW EXECUTE FUNCTION guard_number_series();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice ON invoices;
                DROP TRIGGER guard_credit_note ON credit_notes;
                DROP TRIGGER guard_number_series ON number_series;
                DROP FUNCTION guard_invoice, guard_credit_note, guard_number_series;
                """);
        }
    }
}
