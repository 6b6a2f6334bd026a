using FluentValidation;
using Platform.Search.Kinds;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Search.Searching;

internal sealed class SearchValidator : AbstractValidator<V1.SearchRequest>
{
    private const int LeastLength = 2;
    private const int MaxLength = 200;
    private const int MaxTypes = 50;

    public SearchValidator()
    {
        RuleFor(request => request.Q).Text(MaxLength).Must(q => q.Trim().Length >= LeastLength).WithMessage(_ => Say($"Write at least {LeastLength} characters to search for."));
        RuleFor(request => request.Types_).Must(types => types.Count <= MaxTypes).WithMessage(_ => Say($"Name at most {MaxTypes} types.")).OverridePropertyName("types");
        RuleForEach(request => request.Types_).Must(type => RecordKinds.Find(type) is not null)
            .WithMessage(_ => Say($"Name types that can be searched: {string.Join(", ", RecordKinds.BuiltIn.Select(kind => kind.Name))}, or one of your own objects such as records.machine.")).OverridePropertyName("types");
        RuleFor(request => request.PageSize).InclusiveBetween(0, SearchRecords.MaxSize).WithMessage(_ => Say($"Use 1 to {SearchRecords.MaxSize}, or leave it out for {SearchRecords.DefaultSize}."));
    }
}
