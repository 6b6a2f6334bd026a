using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class TenantLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice ON invoices;
                CREATE TRIGGER guard_invoice BEFORE INSERT OR UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice();
                CREATE TRIGGER guard_invoice_deletion BEFORE DELETE ON invoices FOR EACH ROW WHEN (NOT platform.is_purge(OLD.tenant_id)) EXECUTE FUNCTION guard_invoice();
                DROP TRIGGER guard_credit_note ON credit_notes;
                CREATE TRIGGER guard_credit_note BEFORE UPDATE ON credit_notes FOR EACH ROW EXECUTE FUNCTION guard_credit_note();
                CREATE TRIGGER guard_credit_note_deletion BEFORE DELETE ON credit_notes FOR EACH ROW WHEN (NOT platform.is_purge(OLD.tenant_id)) EXECUTE FUNCTION guard_credit_note();
                DROP TRIGGER guard_number_series ON number_series;
                CREATE TRIGGER guard_number_series BEFORE INSERT OR UPDATE ON number_series FOR EACH ROW EXECUTE FUNCTION guard_number_series();
                CREATE TRIGGER guard_number_series_deletion BEFORE DELETE ON number_series FOR EACH ROW WHEN (NOT platform.is_purge(OLD.tenant_id)) EXECUTE FUNCTION guard_number_series();
                """);

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice_deletion ON invoices;
                DROP TRIGGER guard_invoice ON invoices;
                CREATE TRIGGER guard_invoice BEFORE INSERT OR UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice();
                DROP TRIGGER guard_credit_note_deletion ON credit_notes;
                DROP TRIGGER guard_credit_note ON credit_notes;
                CREATE TRIGGER guard_credit_note BEFORE UPDATE OR DELETE ON credit_notes FOR EACH ROW EXECUTE FUNCTION guard_credit_note();
                DROP TRIGGER guard_number_series_deletion ON number_series;
                DROP TRIGGER guard_number_series ON number_series;
                CREATE TRIGGER guard_number_series BEFORE INSERT OR UPDATE OR DELETE ON number_series FOR EACH ROW EXECUTE FUNCTION guard_number_series();
                """);

        }
    }
}
