using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class ManyRowsAtOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.RenewTrigger("records", "records.*"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.CreateTriggerOfRows("records", "records.*"));
        }
    }
}
