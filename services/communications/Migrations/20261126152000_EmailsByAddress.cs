using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Communications.Migrations
{
    /// <inheritdoc />
    public partial class EmailsByAddress : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_emails_tenant_id_to",
                table: "emails",
                columns: new[] { "tenant_id", "to" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_emails_tenant_id_to",
                table: "emails");
        }
    }
}
