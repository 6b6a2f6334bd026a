using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Fields;

internal static class ListFields
{
    public sealed class Validator : AbstractValidator<V1.ListFieldsRequest>
    {
        public Validator() => RuleFor(request => request.Resource).Must(name => name.Length == 0 || FieldRules.IsResource(name)).WithMessage(FieldRules.ResourceAdvice);
    }

    public static async Task<Result<V1.ListFieldsResponse>> Handle(V1.ListFieldsRequest request, MetadataDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Fields.AsNoTracking()
            .Where(row => request.Resource == "" || row.Resource == request.Resource)
            .Where(row => request.ShowDeleted || row.DeleteTime == null)
            .ToListAsync(cancellationToken);
        var response = new V1.ListFieldsResponse { SchemaVersion = await db.VersionAsync(cancellationToken) };
        response.Fields.AddRange(rows.Select(row => row.ToMessage()).InOrder());
        return response;
    }
}
