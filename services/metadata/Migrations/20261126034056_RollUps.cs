using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Metadata.Migrations
{
    /// <inheritdoc />
    public partial class RollUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_custom_fields_roll_ups",
                table: "custom_fields",
                columns: new[] { "tenant_id", "type" },
                filter: "type = 'RollUp'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_custom_fields_roll_ups",
                table: "custom_fields");
        }
    }
}
