using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Data.Stores.Search.Elastic;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>What leaves the portal, and whether the schemas that it is held against can say no.</summary>
public sealed class ElasticWhatIsSentTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_word_of_a_note_a_medicine_or_a_question_leaves_the_portal()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Palpitations since a week.", complaint: "Sciatica");
        await clinic.PrescriptionAsync(clinic.Asha, clinic.Meera, "Metformin", "Glycomet");
        await clinic.ResultAsync(clinic.Asha, clinic.Meera, "Ferritin", 8);
        Assert.NotEmpty(await clinic.IdsAsync(clinic.Asha, "palpitations \"since a week\" -migraine"));

        Assert.NotEmpty(server.Requests);
        foreach (var word in new[] { "palpit", "sciatic", "metform", "glycomet", "ferrit", "migrain", "week", "meera", "nair" })
        {
            Assert.All(server.Requests, request => Assert.DoesNotContain(word, request.Path + request.Query + request.Body, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_question_carries_whose_documents_may_be_found_and_without_any_none_is_asked()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine");
        await clinic.IdsAsync(clinic.Asha, "migraine");

        var asked = Assert.Single(server.Questions());
        Assert.Contains($$$"""{"terms":{"patient_id":["{{{clinic.Meera}}}"]}}""", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(clinic.Ravi.ToString(), asked.Body, StringComparison.Ordinal);

        await clinic.FindAsync(clinic.Desk, "migraine");
        await using var desk = clinic.Clinic.As(clinic.Desk);
        await desk.Get<ISearchIndex>().FindAsync(new IndexQuestion(new SearchTerms([new SearchDemand([[["a"]]])], []), Enum.GetValues<SearchKind>(), 5), Cancellation);
        Assert.Single(server.Questions());
    }

    [Fact]
    public async Task A_build_switches_all_kinds_in_one_step_and_takes_the_old_indices_away()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        await clinic.BuildAsync();

        Assert.Equal(2, server.Sent("_aliases").Count);
        Assert.Equal(["test-document-0002", "test-note-0002", "test-order-0002", "test-prescription-0002", "test-result-0002"], server.Indices.Names);
        Assert.All(server.Indices.All, index => Assert.Equal([index.Name[..^5], $"{index.Name}-write"], index.Aliases.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_document_too_many_begins_another_request_and_no_request_is_without_end()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        var terms = Enumerable.Range(1, 150_000).Select(n => new PlacedTerm($"key{n:000000000}", n)).ToList();
        IndexedDocument[] documents = [.. Enumerable.Range(0, 9).Select(_ => new IndexedDocument(
            new DocumentKey(SearchKind.Note, Guid.CreateVersion7()), clinic.Meera, null, null, clinic.Clinic.Clock.Now, 1, IsGone: false, terms))];
        await using var system = clinic.Clinic.AsSystem();

        Assert.Empty(await system.Get<ISearchIndex>().WriteAsync(1, documents, Cancellation));

        Assert.Equal([4, 4, 1], server.Sent("_bulk").Select(request => request.Body.Count(c => c == '\n') / 2));
        Assert.Equal(9, await system.Get<ISearchIndex>().CountAsync(1, SearchKind.Note, Cancellation));
    }

    [Fact]
    public void Words_that_follow_one_another_are_one_value_and_a_gap_begins_another()
        => Assert.Equal(["a b", "c", "d e"], ElasticDocument.Runs([new("a", 1), new("b", 2), new("c", 13), new("d", 24), new("e", 25)]));

    [Theory]
    [InlineData("SearchBody", """{"query":{"terms":{"a":["b"]}},"size":1}""", true)]
    [InlineData("SearchBody", """{"query":{"termz":{"a":["b"]}}}""", false)]
    [InlineData("SearchBody", """{"query":{"bool":{"filter":[{"range":{"at":{"lesser":1}}}]}}}""", false)]
    [InlineData("SearchBody", """{"sise":1}""", false)]
    [InlineData("SearchBody", """{"size":"many"}""", false)]
    [InlineData("CreateIndexBody", """{"mappings":{"properties":{"a":{"type":"keyword","analyser":"x"}}}}""", false)]
    [InlineData("CreateIndexBody", """{"mapping":{}}""", false)]
    [InlineData("BulkActionLine", """{"index":{"_id":"a","version":1,"version_type":"external"}}""", true)]
    [InlineData("BulkActionLine", """{"index":{"_id":"a","version_type":"outside"}}""", false)]
    [InlineData("SearchParams", """{"allow_partial_results":false}""", false)]
    [InlineData("UpdateAliasesBody", """{"actions":[{"move":{"index":"a","alias":"b"}}]}""", false)]
    public void The_official_schemas_know_what_is_right(string definition, string json, bool isRight)
    {
        var complaints = OfficialSchema.Complaints(OfficialSchema.Requests, definition, JsonSerializer.Deserialize<JsonElement>(json)).ToList();

        Assert.Equal(isRight ? 0 : 2, complaints.Count);
    }

    /// <summary>Recorded from a server of 7.17.6: an older version is no failure, a document that does not fit is one.</summary>
    [Fact]
    public void A_real_servers_answer_to_several_documents_is_read_item_by_item()
    {
        var answer = ElasticReply.As("bulk_with_item_errors", "BulkResponse").Body!;
        var items = answer["items"]!.AsArray().Where(item => item!["index"] is not null).Select(item => item!.DeepClone()).ToArray();
        answer["items"] = new JsonArray(items);
        IndexedDocument[] documents = [.. items.Select(_ => new IndexedDocument(new DocumentKey(SearchKind.Note, Guid.CreateVersion7()), Guid.Empty, null, null, default, 1, IsGone: false, []))];

        Assert.Equal([documents[1].Key], ElasticBulk.Refused(answer.Deserialize<JsonElement>(), documents));
        Assert.Empty(OfficialSchema.Complaints(OfficialSchema.Answers, "BulkResponse", answer.Deserialize<JsonElement>()));
    }

    [Theory]
    [InlineData("index_not_found", "404 index_not_found_exception")]
    [InlineData("mapper_parsing", "400 mapper_parsing_exception")]
    [InlineData("version_conflict", "409 version_conflict_engine_exception")]
    public void A_real_servers_no_is_told_by_its_kind_without_what_it_quotes(string recorded, string told)
    {
        var reply = ElasticReply.Recorded(recorded, "quoted-text");
        var answer = new ElasticAnswer((System.Net.HttpStatusCode)reply.Status, reply.Body!.Deserialize<JsonElement>());

        var no = Assert.Throws<SearchIndexException>(() => answer.Wanted());

        Assert.Contains(told, no.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quoted-text", no.ToString(), StringComparison.Ordinal);
    }
}
