using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class Orders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_records_create_time",
                table: "records",
                columns: new[] { "tenant_id", "object_key", "create_time", "id" },
                filter: "delete_time IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_records_update_time",
                table: "records",
                columns: new[] { "tenant_id", "object_key", "update_time", "id" },
                filter: "delete_time IS NULL");

            // As lists compare: by code points, ASCII letters without regard to case.
            migrationBuilder.Sql("CREATE INDEX ix_records_name ON records (tenant_id, object_key, (lower(name COLLATE \"C\")), id) WHERE delete_time IS NULL;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_records_name;");

            migrationBuilder.DropIndex(
                name: "ix_records_create_time",
                table: "records");

            migrationBuilder.DropIndex(
                name: "ix_records_update_time",
                table: "records");
        }
    }
}
