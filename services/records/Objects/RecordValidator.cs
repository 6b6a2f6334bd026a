using FluentValidation;
using Platform.Validation;

namespace Platform.Records.Objects;

internal sealed class RecordValidator : AbstractValidator<V1.Record>
{
    public RecordValidator()
    {
        RuleFor(record => record.Name).Text(300);
        RuleFor(record => record.OwnerId).OptionalId();
    }
}
