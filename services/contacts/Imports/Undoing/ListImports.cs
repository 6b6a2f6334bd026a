using Microsoft.Extensions.Options;
using Platform.Errors;
using Platform.Paging;

namespace Platform.Contacts.Imports.Undoing;

internal static class ListImports
{
    public static async Task<Result<V1.ListImportsResponse>> Handle(V1.ListImportsRequest request, ContactsDbContext db, IOptions<ContactsOptions> options, CancellationToken cancellationToken)
    {
        var page = await db.Imports.ToPageAsync(request.PageSize, request.PageToken, "", cancellationToken);
        return page.IsError ? page.Error : new V1.ListImportsResponse
        {
            Imports = { page.Value.Items.Select(import => import.ToMessage(options.Value.UndoImportWithin, [])) },
            NextPageToken = page.Value.NextPageToken,
        };
    }
}
