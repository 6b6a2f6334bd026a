using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class ManyRowsAtOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // They give what they gave before, sooner.
            migrationBuilder.Sql(global::Platform.Contacts.Duplicates.MatchScripts.Functions);

            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("leads", "contacts.lead"));
            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("people", "contacts.person"));
            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("companies", "contacts.company"));
            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("activities", "contacts.activity"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("leads", "contacts.lead"));
            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("people", "contacts.person"));
            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("companies", "contacts.company"));
            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("activities", "contacts.activity"));
        }
    }
}
