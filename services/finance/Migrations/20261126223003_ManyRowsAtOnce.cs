using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class ManyRowsAtOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_invoices_tenant_id_buyer_person_id_id",
                table: "invoices",
                columns: new[] { "tenant_id", "buyer_person_id", "id" });

            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("invoices", "finance.invoice"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_invoices_tenant_id_buyer_person_id_id",
                table: "invoices");

            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("invoices", "finance.invoice"));
        }
    }
}
