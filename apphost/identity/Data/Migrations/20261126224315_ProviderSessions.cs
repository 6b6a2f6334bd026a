using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class ProviderSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "identity_provider",
                table: "sign_in_events",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "sign_in_events",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider",
                table: "sessions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_name",
                table: "sessions",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_name_format",
                table: "sessions",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_name_qualifier",
                table: "sessions",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_session",
                table: "sessions",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "provider_sp_name_qualifier",
                table: "sessions",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_provider_provider_name",
                table: "sessions",
                columns: new[] { "provider", "provider_name" },
                filter: "provider is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sessions_provider_provider_name",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "identity_provider",
                table: "sign_in_events");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "sign_in_events");

            migrationBuilder.DropColumn(
                name: "provider",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "provider_name",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "provider_name_format",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "provider_name_qualifier",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "provider_session",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "provider_sp_name_qualifier",
                table: "sessions");
        }
    }
}
