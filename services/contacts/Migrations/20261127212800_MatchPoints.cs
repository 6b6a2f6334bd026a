using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class MatchPoints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "match_points",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_match_points", x => new { x.tenant_id, x.resource, x.field, x.key, x.record_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_match_points_tenant_id_record_id",
                table: "match_points",
                columns: new[] { "tenant_id", "record_id" });

            migrationBuilder.Sql(global::Platform.Contacts.Duplicates.MatchPointScripts.Up);

            // What records have by now.
            migrationBuilder.Sql("""
                ALTER TABLE match_points NO FORCE ROW LEVEL SECURITY;
                ALTER TABLE people NO FORCE ROW LEVEL SECURITY;
                ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
                INSERT INTO match_points (tenant_id, resource, field, key, record_id)
                SELECT row.tenant_id, 'contacts.person', point.field, point.key, row.id FROM people AS row CROSS JOIN LATERAL platform.match_points_of(row.other_emails, row.other_phones) AS point
                WHERE row.other_emails <> '[]' OR row.other_phones <> '[]' ON CONFLICT DO NOTHING;
                INSERT INTO match_points (tenant_id, resource, field, key, record_id)
                SELECT row.tenant_id, 'contacts.company', point.field, point.key, row.id FROM companies AS row CROSS JOIN LATERAL platform.match_points_of(row.other_emails, row.other_phones) AS point
                WHERE row.other_emails <> '[]' OR row.other_phones <> '[]' ON CONFLICT DO NOTHING;
                ALTER TABLE match_points FORCE ROW LEVEL SECURITY;
                ALTER TABLE people FORCE ROW LEVEL SECURITY;
                ALTER TABLE companies FORCE ROW LEVEL SECURITY;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(global::Platform.Contacts.Duplicates.MatchPointScripts.Down);

            migrationBuilder.DropTable(
                name: "match_points");
        }
    }
}
