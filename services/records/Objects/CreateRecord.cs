using FluentValidation;
using Platform.Errors;

namespace Platform.Records.Objects;

internal static class CreateRecord
{
    public sealed class Validator : AbstractValidator<V1.CreateRecordRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.Record).NotNull().WithMessage("Send the record.").SetValidator(new RecordValidator());
        }
    }

    public static async Task<Result<V1.Record>> Handle(V1.CreateRecordRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var created = await NewRecords.CreateAsync(db, request.Object, [request.Record], _ => "record", time.GetUtcNow(), cancellationToken);
        return created.IsError ? created.Error : created.Value.Single().ToMessage();
    }
}
