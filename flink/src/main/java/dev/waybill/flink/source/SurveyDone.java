package dev.waybill.flink.source;

import dev.waybill.files.Survey;
import org.apache.flink.api.connector.source.SourceEvent;

/// A reader has surveyed a part.
///
/// @param file which of the job's, from 0
record SurveyDone(int file, Survey survey) implements SourceEvent {}
