using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class OrdersOfDeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_deals_tenant_id_close_date_id",
                table: "deals",
                columns: new[] { "tenant_id", "close_date", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deals_tenant_id_create_time_id",
                table: "deals",
                columns: new[] { "tenant_id", "create_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deals_tenant_id_update_time_id",
                table: "deals",
                columns: new[] { "tenant_id", "update_time", "id" });

            // What the compiler of orders writes: the name in small ASCII letters, the amount in the company's currency.
            migrationBuilder.Sql("CREATE INDEX ix_deals_name_order ON deals (tenant_id, lower(name COLLATE \"C\"), id)");
            migrationBuilder.Sql("CREATE INDEX ix_deals_reported_order ON deals (tenant_id, (amount * reporting_rate), id)");

            // Amounts in custom fields get their rates with the next call of each company.
            migrationBuilder.Sql("""
                ALTER TABLE rate_books NO FORCE ROW LEVEL SECURITY;
                UPDATE rate_books SET reported_version = -1;
                ALTER TABLE rate_books FORCE ROW LEVEL SECURITY;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deals_tenant_id_close_date_id",
                table: "deals");

            migrationBuilder.DropIndex(
                name: "ix_deals_tenant_id_create_time_id",
                table: "deals");

            migrationBuilder.DropIndex(
                name: "ix_deals_tenant_id_update_time_id",
                table: "deals");

            migrationBuilder.Sql("DROP INDEX ix_deals_name_order");
            migrationBuilder.Sql("DROP INDEX ix_deals_reported_order");
        }
    }
}
