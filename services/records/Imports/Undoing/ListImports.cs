using FluentValidation;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Paging;
using Platform.Records.Objects;

namespace Platform.Records.Imports.Undoing;

internal static class ListImports
{
    public sealed class Validator : AbstractValidator<V1.ListImportsRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static async Task<Result<V1.ListImportsResponse>> Handle(V1.ListImportsRequest request, RecordsDbContext db, CustomFieldDirectory fields, RecordOptions options, CancellationToken cancellationToken)
    {
        // Objects cannot be named without them.
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var key = known.Value.Key;
        var page = await db.Imports.Where(import => import.ObjectKey == key).ToPageAsync(request.PageSize, request.PageToken, key, cancellationToken);
        return page.IsError ? page.Error : new V1.ListImportsResponse
        {
            Imports = { page.Value.Items.Select(import => import.ToMessage(options.UndoImportWithin, [])) },
            NextPageToken = page.Value.NextPageToken,
        };
    }
}
