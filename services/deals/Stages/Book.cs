using Platform.Access;
using Platform.Errors;
using Platform.Pipelines.V1;
using Platform.Tenancy;

namespace Platform.Deals.Stages;

/// <summary>The pipelines of a company, with their stages by id.</summary>
internal sealed class Book
{
    private readonly PipelineBook _all;
    private readonly Dictionary<Guid, Pipeline> _pipelines;
    private readonly Dictionary<Guid, Place> _places;

    public Book(PipelineBook book)
    {
        _all = book;
        Default = book.Pipelines.First(pipeline => pipeline.IsDefault);
        _pipelines = book.Pipelines.ToDictionary(pipeline => Guid.Parse(pipeline.Id));
        _places = book.Pipelines.SelectMany(pipeline => pipeline.Stages.Select(stage => new Place(pipeline, stage))).ToDictionary(place => place.StageId);
    }

    /// <summary>The part of it that a caller sees: other teams' pipelines are as if there were none.</summary>
    public Book For(Caller caller) => _all.Pipelines.All(caller.Sees) ? this : new Book(new PipelineBook { Pipelines = { _all.Pipelines.Where(caller.Sees) } });

    /// <summary>The pipeline that deals go into where none is named: everybody sees it.</summary>
    public Pipeline Default { get; }

    public Pipeline? Pipeline(Guid id) => _pipelines.GetValueOrDefault(id);

    public Place? Stage(Guid id) => _places.GetValueOrDefault(id);

    /// <summary>The way from one stage into another; from nowhere where the first is not known.</summary>
    public Passage Passage(Guid? from, Place to) => new(from is { } id ? Stage(id) : null, to);

    /// <summary>The first stage of the kind in use.</summary>
    public Place First(Pipeline pipeline, StageKind kind) => _places[Guid.Parse(pipeline.Stages.First(stage => !stage.Archived && stage.Kind == kind).Id)];

    /// <summary>Where a deal that is in this pipeline, or in none yet, goes when it is won or lost; an error where nothing is known of the pipeline.</summary>
    public Result<Place> End(Guid? pipeline, StageKind kind) => (pipeline is { } id ? Pipeline(id) : Default) is { } known ? First(known, kind) : StageErrors.Unavailable;
}
