using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class ManyRowsAtOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_person_id",
                table: "quotes",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("deals", "deals.deal"));
            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("quotes", "deals.quote"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_quotes_tenant_id_person_id",
                table: "quotes");

            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("deals", "deals.deal"));
            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("quotes", "deals.quote"));
        }
    }
}
